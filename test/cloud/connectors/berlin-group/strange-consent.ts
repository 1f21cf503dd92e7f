import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import type { AskedStep } from '../../../../cloud/ports/bank-connector.ts';
import { type Answer, byPath, connectTo, json, user } from './strange-bank.ts';

export const clara = { 'psu-id': 'clara', password: 'secret-pin' };
export const link = (href: string) => ({ href });
export const authorisations = '/v1/consents/C1/authorisations';
export type Answers = Parameters<typeof byPath>[0];

export function created(links: object, more: object = {}, approach?: string): Answer {
  const body = { consentStatus: 'received', consentId: 'C1', _links: links, ...more };
  return json(body, 201, approach ? { 'ASPSP-SCA-Approach': approach } : {});
}

export async function askOf(
  answers: Answers,
  credentials: Readonly<Record<string, string>> = clara,
  settings: Partial<BerlinGroupBank> = {},
) {
  const world = await connectTo(byPath(answers), { settings });
  const step = await world.ask(credentials);
  return { ...world, step };
}

export async function asked(
  answers: Answers,
  credentials?: Readonly<Record<string, string>>,
  settings?: Partial<BerlinGroupBank>,
) {
  const { step, ...world } = await askOf(answers, credentials, settings);
  if (step.kind !== 'asked') throw new Error('the bank asks nothing');
  const goOn = (answer: Parameters<typeof world.connector.answerConfirmation>[1]) =>
    world.connector.answerConfirmation((step as AskedStep).grant, answer, user);
  return { ...world, confirmation: step.confirmation, goOn };
}

export const valid = json({ consentStatus: 'valid', validUntil: '2026-06-01' });
