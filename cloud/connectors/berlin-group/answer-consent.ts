import type { ConfirmationAnswer } from '../../../shared/confirmation.ts';
import {
  type AccessStep,
  BankError,
  type Grant,
  type UserPresence,
} from '../../ports/bank-connector.ts';
import { ProviderRefusal } from '../http-client.ts';
import {
  type Asking,
  askToApprove,
  failureOf,
  finish,
  proceed,
  update,
  withStatus,
} from './ask-consent.ts';
import { type BankWorld, consentStatusOf } from './consent.ts';
import { type Asked, type Question, readGrant } from './grant.ts';
import { exchangeCode } from './oauth.ts';
import { scaStatusRead } from './schema.ts';
import { toBankError } from './to-bank-error.ts';

/** Goes on with what the bank has asked. @throws BankError, ProviderRefusal */
export async function answerConsent(
  world: BankWorld,
  grant: Grant,
  answer: ConfirmationAnswer,
  user: UserPresence | undefined,
): Promise<AccessStep> {
  const { consent, asked = unasked, question } = readGrant(grant);
  const asking = { ...world, consent, asked, user };
  if (!question) return finish(asking);
  switch (question.kind) {
    case 'oauth':
      return comeBack(asking, question, answer);
    case 'approval':
      return poll(asking, question);
    default:
      return reply(asking, question, answer);
  }
}

const unasked: Asked = { redirectUrl: '', notificationUrl: '', validUntil: '' };

async function comeBack(
  asking: Asking,
  question: Question & { readonly kind: 'oauth' },
  answer: ConfirmationAnswer,
): Promise<AccessStep> {
  const query = answer.kind === 'returned' ? answer.query : undefined;
  const code = query?.['code'];
  if (code) {
    return finish({
      ...asking,
      consent: await exchangeCode(asking, asking.consent, question, code),
    });
  }
  // Without a code there is no access, whatever stands in the address; the consent says whether it is refused.
  const status = await consentStatusOf(asking, asking.consent);
  const isDeclined = status === 'rejected' || query?.['error'] === 'access_denied';
  throw new BankError(isDeclined ? 'confirmation-declined' : 'needs-confirmation', 'no code');
}

async function poll(
  asking: Asking,
  { statusUrl, prompt }: Question & { readonly kind: 'approval' },
): Promise<AccessStep> {
  const { scaStatus, psuMessage } = await readScaStatus(asking, statusUrl);
  if (scaStatus === 'finalised' || scaStatus === 'exempted') return finish(asking);
  if (scaStatus === 'failed') throw await failureOf(asking);
  return askToApprove(asking, statusUrl, psuMessage || prompt);
}

function readScaStatus({ client, user }: Asking, statusUrl: string) {
  const url = new URL(statusUrl);
  return client.send({ call: 'sca-status', url, user, read: (body) => scaStatusRead.parse(body) });
}

async function reply(
  asking: Asking,
  question: Question & { readonly kind: 'method' | 'code' },
  answer: ConfirmationAnswer,
): Promise<AccessStep> {
  const { url, method, statusUrl } = question;
  const to = { url: new URL(url), method };
  if (question.kind === 'method' && answer.kind === 'method') {
    const body = { authenticationMethodId: answer.id };
    const chosen = await update(asking, 'choose-method', to, body);
    return proceed(asking, withStatus(chosen, statusUrl));
  }
  if (question.kind !== 'code' || answer.kind !== 'code') throw new BankError('needs-confirmation');
  try {
    const body = { scaAuthenticationData: answer.text };
    const sent = await update(asking, 'send-code', to, body);
    return await proceed(asking, withStatus(sent, statusUrl));
  } catch (error) {
    if (!(error instanceof ProviderRefusal) || toBankError(error).code !== 'code-rejected')
      throw error;
    if (!statusUrl) throw error;
    // One wrong code too many ends the question.
    const { scaStatus } = await readScaStatus(asking, statusUrl);
    if (scaStatus === 'failed') throw new BankError('confirmation-expired', error.message);
    throw error;
  }
}
