import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { readBody } from '../../web/read-body.ts';
import type { Accounts } from './accounts.ts';
import { openBankingPath } from './addresses.ts';
import type { BankCustomer, TanMethod } from './bank-customer.ts';
import type { Confirmation, Confirmations } from './confirmations.ts';
import type { ConsentDoc, Consents } from './consents.ts';
import { photoOf } from './photo-tan.ts';
import type { Sessions } from './sessions.ts';
import { TppError } from './tpp-message.ts';
import type { BankTraits } from './traits.ts';

export interface ConsentAuthorisationParts {
  readonly accounts: Accounts;
  readonly consents: Consents;
  readonly confirmations: Confirmations;
  readonly sessions: Sessions;
  readonly traits: BankTraits;
}

const bodyRead = z.object({
  psuData: z.object({ password: z.string().max(100) }).optional(),
  authenticationMethodId: z.enum(['sms', 'photo', 'app']).optional(),
  scaAuthenticationData: z.string().max(100).optional(),
});

/** The links with which a new consent leads to them; the approach as the standard's header has it. */
export function authorisationLinkOf({ scaApproach }: BankTraits, self: string) {
  const href = `${self}/authorisations`;
  if (scaApproach === 'embedded') {
    const links = { startAuthorisationWithPsuAuthentication: { href } };
    return { links, approach: 'EMBEDDED' };
  }
  const links = { startAuthorisationWithPsuIdentification: { href } };
  return { links, approach: 'DECOUPLED' };
}

/** A consent confirmed without the bank's own pages: by password and code through whoever asks, or in the bank's app. */
export function mountConsentAuthorisations(app: Hono, parts: ConsentAuthorisationParts): void {
  const { accounts, consents, confirmations, sessions, traits } = parts;
  if (traits.scaApproach !== 'embedded' && traits.scaApproach !== 'decoupled') return;
  const isEmbedded = traits.scaApproach === 'embedded';
  const path = '/v1/consents/:id/authorisations';

  app.post(path, async (c) => {
    const id = c.req.param('id');
    const consent = await readConsent(id);
    if (consents.statusOf(consent) !== 'received') throw statusInvalid();
    const { psuData } = await bodyOf(c);
    const login = c.req.header('PSU-ID') ?? '';
    const customer = accounts.customer(login);
    if (isEmbedded) {
      if (!psuData) throw new TppError(400, 'FORMAT_ERROR', 'psuData is missing.');
      const result = sessions.check(customer, login, psuData.password);
      if (result === 'login-locked') throw new TppError(403, 'SERVICE_BLOCKED', 'Locked for now.');
      if (result !== 'ok') throw wrongCredentials();
    }
    if (!customer) throw wrongCredentials();
    const begun = confirmations.begin({
      customer: confirming(customer, isEmbedded),
      sessionId: `consent ${id}`,
      onward: '/',
      isLogin: false,
    });
    return send(c, id, begun, 201);
  });

  app.get(`${path}/:authorisation`, async (c) => {
    const { id, found } = await readAuthorisation(c);
    const { scaStatus } = await answerTo(id, found);
    return c.json({ scaStatus });
  });

  app.put(`${path}/:authorisation`, async (c) => {
    const { id, found } = await readAuthorisation(c);
    const { authenticationMethodId: method, scaAuthenticationData: code } = await bodyOf(c);
    const { kind } = found.step;
    if (kind === 'over' || kind === 'done') throw statusInvalid();
    if (method && kind === 'method') confirmations.choose(found.id, method);
    else if (code === undefined || kind !== 'code') {
      throw new TppError(400, 'FORMAT_ERROR', 'Not what is asked for.');
    } else if (!confirmations.answer(found.id, code)) throw wrongCredentials();
    return send(c, id, confirmations.find(found.id) ?? found, 200);
  });

  async function readConsent(id: string): Promise<ConsentDoc> {
    const consent = await consents.read(id);
    if (!consent) throw new TppError(403, 'CONSENT_UNKNOWN', 'No such consent.');
    return consent;
  }

  async function readAuthorisation(c: Context) {
    const id = c.req.param('id') ?? '';
    await readConsent(id);
    const found = confirmations.find(c.req.param('authorisation') ?? '');
    if (found?.sessionId !== `consent ${id}`) {
      throw new TppError(404, 'RESOURCE_UNKNOWN', 'No such authorisation.');
    }
    return { id, found };
  }

  async function send(c: Context, id: string, confirmation: Confirmation, status: 200 | 201) {
    const { scaStatus, links = {}, ...told } = await answerTo(id, confirmation);
    const self = `${openBankingPath}/v1/consents/${id}/authorisations/${confirmation.id}`;
    const linked = Object.keys(links).map((name) => [name, { href: self }]);
    c.header('ASPSP-SCA-Approach', isEmbedded ? 'EMBEDDED' : 'DECOUPLED');
    const _links = { ...Object.fromEntries(linked), scaStatus: { href: self } };
    return c.json({ scaStatus, authorisationId: confirmation.id, ...told, _links }, status);
  }

  /** Where it stands; what is approved takes effect when that is asked for first. */
  async function answerTo(id: string, { id: confirmationId, step, customer }: Confirmation) {
    switch (step.kind) {
      case 'method': {
        const scaMethods = step.methods.map(methodOf);
        return {
          scaStatus: 'psuAuthenticated',
          scaMethods,
          links: { selectAuthenticationMethod: 1 },
        };
      }
      case 'code':
        return {
          scaStatus: 'scaMethodSelected',
          chosenScaMethod: methodOf(step.method),
          challengeData: challengeOf(step.method, confirmationId, step.code.length),
          psuMessage: 'Type the code that confirms the access.',
          links: { authoriseTransaction: 1 },
        };
      case 'approved': {
        confirmations.finish(confirmationId);
        const { login } = customer;
        const own = accounts.inOpenBanking(login);
        const { askedAccounts } = await readConsent(id);
        const isAll = askedAccounts.length === 0;
        const chosen = own.filter(
          ({ iban, bban }) => isAll || askedAccounts.includes(iban ?? bban ?? ''),
        );
        const keys = chosen.map(({ key }) => key);
        await consents.decide(id, login, keys, isAll);
        return { scaStatus: 'finalised' };
      }
      case 'done':
        return { scaStatus: 'finalised' };
      case 'over':
        if (step.code === 'confirmation-declined') await consents.decide(id, undefined, []);
        return { scaStatus: 'failed' };
      default:
        return { scaStatus: 'started', psuMessage: 'Approve the access in the Sandbox Bank app.' };
    }
  }
}

/** Away from the bank's own pages no question in words is asked, and decoupled is the app alone. */
function confirming(
  { isAskedQuestion: _, ...customer }: BankCustomer,
  isEmbedded: boolean,
): BankCustomer {
  return isEmbedded ? customer : { ...customer, methods: ['app'] };
}

const methodNames: Readonly<Record<TanMethod, readonly [string, string]>> = {
  sms: ['SMS_OTP', 'SMS to *** 4471'],
  photo: ['PHOTO_OTP', 'Photo TAN'],
  app: ['PUSH_OTP', 'Sandbox Bank app'],
};

function methodOf(method: TanMethod) {
  const [authenticationType, name] = methodNames[method];
  return { authenticationType, authenticationMethodId: method, name };
}

function challengeOf(method: TanMethod, id: string, otpMaxLength: number) {
  const asked = { otpMaxLength, otpFormat: 'integer' };
  if (method !== 'photo') return asked;
  const additionalInformation = 'Scan the picture with your phone.';
  return { ...asked, image: photoOf(id).replace(/^data:[^,]*,/, ''), additionalInformation };
}

async function bodyOf(c: Context): Promise<z.infer<typeof bodyRead>> {
  try {
    return bodyRead.parse(JSON.parse((await readBody(c.req.raw)) || '{}'));
  } catch {
    throw new TppError(400, 'FORMAT_ERROR', 'The body is not as expected.');
  }
}

function wrongCredentials(): TppError {
  return new TppError(401, 'PSU_CREDENTIALS_INVALID', 'Not right.');
}

function statusInvalid(): TppError {
  return new TppError(409, 'STATUS_INVALID', 'It is decided already.');
}
