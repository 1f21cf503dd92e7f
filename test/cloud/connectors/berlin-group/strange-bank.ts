import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import { createBerlinGroup } from '../../../../cloud/connectors/berlin-group/connector.ts';
import type { CallMade } from '../../../../cloud/connectors/http-client.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';

/** What a strange bank answers to a path, as `entries` to `/v1/accounts/A1/transactions?…`. */
export type Answer = RequestListener;

export const grant = { institutionId: 'berlin-group:strange', consentId: 'secret-consent' };
export const user = { ipAddress: '::ffff:192.0.2.7', userAgent: 'Bröwser\n1' };
const closers: (() => void)[] = [];

/** Ends all that was started. */
export function closeBanks(): void {
  for (const close of closers.splice(0)) close();
}
afterEach(closeBanks);

export interface StrangeOptions {
  readonly timeoutMs?: number;
  readonly settings?: Partial<BerlinGroupBank>;
  readonly bic?: string;
  readonly grant?: Grant;
}

/** A bank that answers as the test says, and a connector that reaches it; its clock stands at 2026-03-10T12:00Z. */
export async function connectTo(answer: Answer, options: StrangeOptions = {}) {
  const { timeoutMs = 2_000, settings = {}, bic } = options;
  const requests: SentRequest[] = [];
  const calls: CallMade[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const institution = {
    id: grant.institutionId,
    connector: 'berlin-group',
    name: 'Strange Bank',
    country: 'DE',
    wayIn: 'psd2',
    historyDays: 90,
    consentDays: 90,
    ...(bic && { bic }),
  } as const;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connector = createBerlinGroup({
    fetch,
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    banks: [{ institution, baseUrl: `${url}/psd2`, ...settings }],
    timeoutMs,
    onCall: (call) => calls.push(call),
  });
  const session = await connector.open(options.grant ?? grant, undefined);
  const entries = (from = '2026-01-01', id = 'A1') => collect(session.entries(id, { from }));
  const ask = (credentials: Readonly<Record<string, string>> = {}) =>
    connector.startAccess({
      institution,
      redirectUrl: 'http://127.0.0.1/back?state=s1',
      notificationUrl: 'http://127.0.0.1/hooks',
      credentials,
      validUntil: '2026-06-01',
      user,
    });
  return { connector, session, institution, url, requests, calls, entries, ask };
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export function json(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function refusal(
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Answer {
  const text = 'Consent of Erika Muster has expired, or rather not';
  return json({ tppMessages: [{ category: 'ERROR', code, text }] }, status, headers);
}

/** Answers by `GET /v1/accounts`, the query left out; several answers to one are given in turn. */
export function byPath(answers: Readonly<Record<string, Answer | readonly Answer[]>>): Answer {
  const given = new Map<string, number>();
  return (request, response) => {
    const path = `${request.method} ${(request.url ?? '').replace(/^\/psd2/, '').replace(/\?.*/, '')}`;
    const all = [answers[path] ?? json({ tppMessages: [{ code: `NO_${path}` }] }, 501)].flat();
    const count = given.get(path) ?? 0;
    given.set(path, count + 1);
    all[Math.min(count, all.length - 1)]?.(request, response);
  };
}

export const transaction = { transactionAmount: { amount: '-4.50', currency: 'EUR' } };

export function report(booked: unknown, next?: string) {
  return {
    transactions: {
      booked,
      _links: { account: { href: '/a' }, ...(next && { next: { href: next } }) },
    },
  };
}
