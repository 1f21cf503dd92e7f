import type { ConfirmationPicture } from '../../../shared/confirmation.ts';
import { BankError } from '../../ports/bank-connector.ts';
import type { Approach } from './bank.ts';
import type { BankAuthorisation } from './schema.ts';

/** How often a bank is asked whether its user has approved; the standard names no pace. */
export const pollSeconds = 5;
const pictureHeads = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
] as const;

/** An address of the bank's to which what it asks for goes. */
export interface AnswerAddress {
  readonly href: string;
  readonly method: 'POST' | 'PUT';
}

/** What the bank's answer asks for next. */
export type NextStep =
  | { readonly kind: 'done' | 'failed' }
  | { readonly kind: 'redirect' | 'oauth'; readonly href: string }
  | { readonly kind: 'choose-method' | 'send-code'; readonly to: AnswerAddress }
  | { readonly kind: 'log-in' | 'identify' | 'start'; readonly to: AnswerAddress }
  /** Nothing but to wait for the user's approval elsewhere. */
  | { readonly kind: 'wait' };

/**
 * What is to be done next, by the links of the bank's answer. Where these leave a choice, the approach decides: the one that the
 * bank has fixed (its header ASPSP-SCA-Approach), else the one that its settings prefer, else the redirect.
 */
export function nextStepOf(
  answer: BankAuthorisation,
  { approach, hasPassword }: { readonly approach: Approach; readonly hasPassword: boolean },
): NextStep {
  const { scaStatus, _links: links, scaMethods, chosenScaMethod, challengeData } = answer;
  if (scaStatus === 'finalised' || scaStatus === 'exempted') return { kind: 'done' };
  if (scaStatus === 'failed') return { kind: 'failed' };
  const away = awayOf(answer);
  if (away && approach === 'redirect') return away;
  const to = (kind: keyof typeof linksByStep): AnswerAddress | undefined => {
    const name = linksByStep[kind].find((one) => links[one]);
    const href = name && links[name];
    return href ? { href, method: name.startsWith('start') ? 'POST' : 'PUT' } : undefined;
  };
  const method = to('choose-method');
  const code = to('send-code');
  // With both, the one that is chosen could be exchanged for another.
  const isOpen = scaMethods && !(code && chosenScaMethod);
  if (method && isOpen) return { kind: 'choose-method', to: method };
  if (code) return { kind: 'send-code', to: code };
  // Some banks give no link with a challenge: it then goes to the authorisation itself.
  const self = links['scaStatus'];
  if (self && challengeData && chosenScaMethod) {
    return { kind: 'send-code', to: { href: self, method: 'PUT' } };
  }
  const logIn = to('log-in');
  if (logIn && hasPassword) return { kind: 'log-in', to: logIn };
  const identify = to('identify');
  if (identify) return { kind: 'identify', to: identify };
  const start = to('start');
  if (start) return { kind: 'start', to: start };
  if (away) return away;
  if (logIn) throw new BankError('provider-not-configured', 'the bank asks for a password');
  const isUnderWay = answer.psuMessage || (scaStatus && scaStatus !== 'received');
  if (approach === 'redirect' && !isUnderWay) {
    throw new BankError('reply-unreadable', 'no page for the user');
  }
  return { kind: 'wait' };
}

function awayOf({ _links: links }: BankAuthorisation): NextStep | undefined {
  const { scaRedirect, scaOAuth } = links;
  if (scaRedirect) return { kind: 'redirect', href: scaRedirect };
  return scaOAuth ? { kind: 'oauth', href: scaOAuth } : undefined;
}

/** Those that begin with `start` make an authorisation, the others change one that is there. */
const linksByStep = {
  'choose-method': [
    'selectAuthenticationMethod',
    'startAuthorisationWithAuthenticationMethodSelection',
    // As versions before 1.3.4 wrote it.
    'startAuthorisationWithAuthentciationMethodSelection',
  ],
  'send-code': ['authoriseTransaction', 'startAuthorisationWithTransactionAuthorisation'],
  'log-in': ['updatePsuAuthentication', 'startAuthorisationWithPsuAuthentication'],
  identify: [
    'updatePsuIdentification',
    'startAuthorisationWithPsuIdentification',
    // As versions before 1.3.4 wrote it.
    'startAuthorisationWithPsuIdentfication',
  ],
  start: ['startAuthorisation'],
} as const;

/** What the bank tells its user to do, in its own words; where it has none, by the method that is chosen, or as told. */
export function promptOf(
  { psuMessage, challengeData, chosenScaMethod }: BankAuthorisation,
  otherwise: string,
): string {
  const { data, additionalInformation } = challengeData ?? {};
  const lines = [psuMessage, ...(data ?? []), additionalInformation].filter((line) => line);
  if (lines.length > 0) return lines.join('\n');
  return chosenScaMethod ? methodOf(chosenScaMethod).name : otherwise;
}

/** The picture of a challenge; the standard has PNG alone, banks have others too. */
export function pictureOf({ challengeData }: BankAuthorisation): ConfirmationPicture | undefined {
  const content = challengeData?.image?.replace(/^data:[^,]*,/, '').replace(/\s/g, '') ?? '';
  const mimeType = pictureHeads.find(([head]) => content.startsWith(head))?.[1];
  if (!mimeType || !/^[A-Za-z0-9+/]+={0,2}$/.test(content)) return undefined;
  return { mimeType, content, alt: challengeData?.additionalInformation ?? '' };
}

/** A method as its user is asked to choose it: by the bank's name, else by the standard's type. */
export function methodOf({
  authenticationMethodId: id,
  authenticationType,
  name,
}: NonNullable<BankAuthorisation['scaMethods']>[number]) {
  return {
    id,
    name: (name || typeNames[authenticationType ?? ''] || authenticationType || id).slice(0, 200),
  };
}

const typeNames: Readonly<Record<string, string>> = {
  SMS_OTP: 'SMS',
  CHIP_OTP: 'chipTAN',
  PHOTO_OTP: 'photoTAN',
  PUSH_OTP: 'Push',
  SMTP_OTP: 'Mail',
};
