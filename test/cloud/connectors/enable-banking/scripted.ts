import { generateKeyPairSync } from 'node:crypto';
import {
  createEnableBanking,
  type EnableBankingOptions,
} from '../../../../cloud/connectors/enable-banking/connector.ts';
import type { Grant, UserPresence } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';

export const uid = '07cc67f4-45d6-494b-adac-09b5cbc7e2b5';
export const user: UserPresence = { ipAddress: '::ffff:192.0.2.7', userAgent: 'Bröwser\n1' };
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** What Enable Banking answers, one after the other; the last one for good. */
export type Answers = readonly (Response | (() => Response))[];

export function refusal(status: number, body: object): Response {
  return Response.json({ message: 'Erika Muster, no', ...body }, { status });
}

/** A connector whose calls are answered by a script, and what it asked. */
export function scripted(answers: Answers, more: Partial<EnableBankingOptions> = {}) {
  const asked: { readonly url: URL; readonly headers: Headers; readonly body: unknown }[] = [];
  const kept: Grant[] = [];
  const connector = createEnableBanking({
    fetch: async (input, init) => {
      const at = Math.min(asked.length, answers.length - 1);
      const body = init?.body ? JSON.parse(String(init.body)) : undefined;
      asked.push({ url: new URL(String(input)), headers: new Headers(init?.headers), body });
      const answer = answers[at];
      return typeof answer === 'function' ? answer() : (answer?.clone() ?? Response.error());
    },
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    application: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
    key: privateKey,
    ...more,
  });
  const accounts = JSON.stringify([
    { externalId: uid, name: '', holder: '', type: 'current', currency: 'EUR' },
  ]);
  async function open(present: UserPresence | undefined = undefined, more: Grant = {}) {
    const grant = {
      institutionId: 'enable-banking:de-a-bank',
      sessionId: 's-1',
      accounts,
      ...more,
    };
    return connector.open(grant, present, async (next) => {
      kept.push(next);
    });
  }
  return {
    connector,
    asked,
    kept,
    open,
    async entries(from: string, present?: UserPresence, more: Grant = {}) {
      return collect((await open(present, more)).entries(uid, { from }));
    },
    /** Queries of the calls so far. */
    queries: () => asked.map(({ url }) => Object.fromEntries(url.searchParams)),
  };
}

export function transactionsOf(transactions: readonly object[], key?: string | null): Response {
  return Response.json({ transactions, ...(key !== undefined && { continuation_key: key }) });
}

export function transaction(more: object = {}) {
  return {
    transaction_amount: { amount: '4.50', currency: 'EUR' },
    credit_debit_indicator: 'DBIT',
    status: 'BOOK',
    booking_date: '2026-03-01',
    ...more,
  };
}
