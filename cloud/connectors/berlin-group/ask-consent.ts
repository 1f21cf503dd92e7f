import type { Confirmation } from '../../../shared/confirmation.ts';
import {
  type AccessStep,
  BankError,
  type Grant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import { bankUrl, consentPath, safeUrl, sameBankUrl } from './addresses.ts';
import {
  type AnswerAddress,
  methodOf,
  nextStepOf,
  pictureOf,
  pollSeconds,
  promptOf,
} from './authorise.ts';
import type { Approach } from './bank.ts';
import { type BankCall, headerText } from './client.ts';
import {
  type AccountReference,
  type BankWorld,
  consentBody,
  consentStatusOf,
  listAccounts,
  readConsent,
} from './consent.ts';
import { type Asked, askedGrant, consentIdOf, type Question } from './grant.ts';
import { askByOAuth, splitState } from './oauth.ts';
import { authorisationRead, type BankAuthorisation, consentCreated } from './schema.ts';

// From the wish for a consent to the consent, by whatever the bank asks of its user on the way.

/** Answers of the bank to follow before the user is asked anything: start, identify, log in, choose the only method. */
const stepMax = 6;

/** A consent that is under way. */
export interface Asking extends BankWorld {
  readonly consent: Grant;
  readonly asked: Asked;
  readonly user: UserPresence | undefined;
  /** At hand only as long as the user who typed it waits for the answer. */
  readonly password?: string | undefined;
}

/** What a step of the bank's has answered, with the approach where its header fixes one. */
export interface BankAnswer {
  readonly told: BankAuthorisation;
  readonly fixed: Approach | undefined;
  /** Of the call, for the addresses in the answer. */
  readonly url: URL;
}

/** Asks the bank for a consent, and goes on until the user is needed. @throws BankError, ProviderRefusal */
export async function askConsent(
  world: BankWorld,
  asked: Asked,
  more: {
    readonly user: UserPresence | undefined;
    readonly named?: readonly AccountReference[] | undefined;
    readonly password?: string | undefined;
  },
): Promise<AccessStep> {
  const { bank, client } = world;
  const { user, named, password } = more;
  const url = bankUrl(bank, '/v1/consents');
  const { created, fixed } = await client.send({
    call: 'create-consent',
    method: 'POST',
    url,
    user,
    headers: consentHeaders(world, asked),
    body: consentBody(world, asked, named),
    read: (body, headers) => ({ created: consentCreated.parse(body), fixed: approachOf(headers) }),
  });
  const { consentId, consentStatus } = created;
  const consent = { institutionId: bank.institution.id, consentId };
  const asking = { ...world, consent, asked, user, password };
  if (consentStatus === 'valid') return finish(asking);
  if (consentStatus === 'rejected')
    throw new BankError('confirmation-declined', 'consent rejected');
  return proceed(asking, { told: created, fixed, url });
}

function consentHeaders({ bank }: BankWorld, asked: Asked): Record<string, string> {
  const { approach = 'redirect', notificationSecret, oauth } = bank;
  // OAuth servers compare it with the one of the consent.
  const backTo = oauth ? splitState(asked.redirectUrl).redirectUri : asked.redirectUrl;
  return {
    ...psuHeader(asked),
    'TPP-Redirect-Preferred': String(approach === 'redirect'),
    ...(approach !== 'redirect' && { 'TPP-Decoupled-Preferred': String(approach === 'decoupled') }),
    'TPP-Redirect-URI': backTo,
    'TPP-Nok-Redirect-URI': backTo,
    'TPP-Brand-Logging-Information': 'Bookfeed',
    ...(notificationSecret !== undefined && { 'TPP-Notification-URI': asked.notificationUrl }),
  };
}

function psuHeader({ psuId }: Asked): Record<string, string> {
  return psuId ? { 'PSU-ID': headerText(psuId) } : {};
}

function approachOf(headers: Headers): Approach | undefined {
  const told = headers.get('ASPSP-SCA-Approach')?.toLowerCase();
  return told === 'redirect' || told === 'decoupled' || told === 'embedded' ? told : undefined;
}

/** Follows the bank's answers until the user is needed, or the consent is given. */
export async function proceed(asking: Asking, first: BankAnswer): Promise<AccessStep> {
  const { bank, asked, consent, password } = asking;
  let answer = first;
  let fixed: Approach | undefined;
  let status: string | undefined;
  for (let step = 0; step < stepMax; step++) {
    answer = withStatus(answer, status);
    const { told, url } = answer;
    status = told._links['scaStatus'];
    // What was fixed once holds until another is.
    fixed = answer.fixed ?? fixed;
    const approach = fixed ?? bank.approach ?? 'redirect';
    const next = nextStepOf(told, { approach, hasPassword: password !== undefined });
    switch (next.kind) {
      case 'done':
        return finish(asking);
      case 'failed':
        throw await failureOf(asking);
      case 'redirect': {
        const page = safeUrl(next.href, url, 'create-consent').href;
        return ask(asking, { kind: 'redirect', url: page });
      }
      case 'oauth': {
        const { redirectUrl } = asked;
        const metadata = safeUrl(next.href, url, 'create-consent');
        const consentId = consentIdOf(consent);
        const { url: page, question } = await askByOAuth(asking, metadata, {
          consentId,
          redirectUrl,
        });
        return ask(asking, { kind: 'redirect', url: page }, question);
      }
      case 'choose-method': {
        const methods = (told.scaMethods ?? []).map(methodOf);
        const [only, ...others] = methods;
        if (!only) throw new BankError('reply-unreadable', 'no method to confirm by');
        if (others.length > 0) {
          const question = questionOf('method', answer, next.to, asking);
          return ask(
            asking,
            { kind: 'method', prompt: promptOf(told, 'Confirm by'), methods },
            question,
          );
        }
        const body = { authenticationMethodId: only.id };
        answer = await update(asking, 'choose-method', addressOf(next.to, url, asking), body);
        break;
      }
      case 'send-code':
        return ask(asking, codeAsked(told), questionOf('code', answer, next.to, asking));
      case 'wait':
        return waitForApproval(asking, answer);
      case 'log-in': {
        const body = { psuData: { password } };
        answer = await update(asking, 'log-in', addressOf(next.to, url, asking), body);
        break;
      }
      default: {
        const call = next.kind === 'start' ? 'start-authorisation' : 'identify';
        answer = await update(asking, call, addressOf(next.to, url, asking), {});
      }
    }
  }
  throw new BankError('reply-unreadable', 'a confirmation without end');
}

function addressOf({ href, method }: AnswerAddress, url: URL, { bank }: BankWorld) {
  return { url: sameBankUrl(href, url, bank, 'authorisation'), method };
}

function ask(
  { consent, asked }: Asking,
  confirmation: Confirmation,
  question?: Question,
): AccessStep {
  return { kind: 'asked', grant: askedGrant(consent, asked, question), confirmation };
}

function questionOf(
  kind: 'method' | 'code',
  { told, url }: BankAnswer,
  to: AnswerAddress,
  asking: Asking,
): Question {
  const address = addressOf(to, url, asking);
  const status = statusUrlOf({ told, url }, asking);
  return {
    kind,
    url: address.url.href,
    method: address.method,
    ...(status && { statusUrl: status.href }),
  };
}

/** Where the bank tells how far the confirmation is. */
function statusUrlOf(
  { told, url }: Pick<BankAnswer, 'told' | 'url'>,
  { bank, consent }: Asking,
): URL | undefined {
  const { _links: links, authorisationId } = told;
  if (links['scaStatus']) return sameBankUrl(links['scaStatus'], url, bank, 'authorisation');
  if (authorisationId === undefined) return undefined;
  const path = `${consentPath(consentIdOf(consent))}/authorisations/${encodeURIComponent(authorisationId)}`;
  return bankUrl(bank, path);
}

function codeAsked(told: BankAuthorisation): Confirmation {
  const { otpFormat, otpMaxLength } = told.challengeData ?? {};
  const picture = pictureOf(told);
  return {
    kind: 'code',
    prompt: promptOf(told, 'Code (TAN)'),
    format: otpFormat === 'integer' ? 'digits' : 'text',
    ...(otpMaxLength !== undefined && { length: otpMaxLength }),
    ...(picture && { picture }),
  };
}

function waitForApproval(asking: Asking, answer: BankAnswer): AccessStep {
  const statusUrl = statusUrlOf(answer, asking)?.href;
  if (!statusUrl) throw new BankError('reply-unreadable', 'nothing to ask for an approval');
  return askToApprove(asking, statusUrl, promptOf(answer.told, 'In the app of your bank'));
}

export function askToApprove(asking: Asking, statusUrl: string, prompt: string): AccessStep {
  const confirmation = { kind: 'approval', prompt, everySeconds: pollSeconds } as const;
  return ask(asking, confirmation, { kind: 'approval', statusUrl, prompt });
}

/** Sends the bank what it asked for. */
export async function update(
  asking: Asking,
  call: BankCall,
  { url, method }: { readonly url: URL; readonly method: 'POST' | 'PUT' },
  body: object,
): Promise<BankAnswer> {
  const { client, user, asked } = asking;
  // What follows a login is told by its address.
  const tellsWho = call !== 'choose-method' && call !== 'send-code';
  return client.send({
    call,
    method,
    url,
    body,
    user,
    headers: tellsWho ? psuHeader(asked) : {},
    read: (answer, headers) => ({
      told: authorisationRead.parse(answer),
      fixed: approachOf(headers),
      url,
    }),
  });
}

/** The consent holds; one that lists accounts is followed by one about these. */
export async function finish(asking: Asking): Promise<AccessStep> {
  const { consent, asked, user } = asking;
  const granted = await readConsent(asking, consent, user);
  if (!asked.isList) return granted;
  const named = await listAccounts(asking, consent, user);
  const { isList: _, ...rest } = asked;
  const { bank, client } = asking;
  return askConsent({ bank, client }, rest, { user, named });
}

/** Why a confirmation has failed: the user said no, or time is up; the consent's own status tells. */
export async function failureOf({ consent, ...world }: Asking): Promise<BankError> {
  const status = await consentStatusOf(world, consent);
  const isOver = status === 'expired' || status === 'terminatedByTpp';
  return new BankError(
    isOver ? 'confirmation-expired' : 'confirmation-declined',
    `SCA failed, consent ${status}`,
  );
}

/** Later answers may leave out what an earlier one has told. */
export function withStatus(answer: BankAnswer, status: string | undefined): BankAnswer {
  if (!status || answer.told._links['scaStatus']) return answer;
  const _links = { ...answer.told._links, scaStatus: status };
  return { ...answer, told: { ...answer.told, _links } };
}
