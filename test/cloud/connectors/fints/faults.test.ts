import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BankErrorCode, Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry, euros } from '../../../contract/bank-connector.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../../../contract/fault-proxy.ts';
import {
  type FinTsWorld,
  finTsAt,
  oneMethod,
  startFinTs,
} from '../../../providers/fints/start-fints.ts';

// What strangeProviderContract asks of answers in JSON, of messages in Base64.

const spoiled: readonly (readonly [Fault, BankErrorCode])[] = [
  ['cut-off', 'bank-unavailable'],
  ['truncated', 'reply-unreadable'],
  ['empty', 'reply-unreadable'],
  ['html', 'reply-unreadable'],
  ['bad-gateway', 'bank-unavailable'],
  ['limited-without-time', 'rate-limited'],
];
const segments = { accounts: 'HKIDN', balances: 'HKSAL', entries: 'HKCAZ' } as const;
type Call = keyof typeof segments;

let bank: FinTsWorld;
let faults: FaultProxy;
let grant: Grant;
let account: string;
let connector: FinTsWorld['connector'];

beforeAll(async () => {
  bank = await startFinTs({ customers: oneMethod, dress: { asksAtLogin: 'never' } });
  faults = await startFaultProxy(bank.url, new Date('2026-03-10T14:00:00Z'));
  ({ connector } = finTsAt(faults.url, bank.clock, { timeoutMs: 1_200 }));
  bank.control.show('current', { entries: [entry()], balance: { booked: euros(100) } });
  grant = await bank.connect();
  bank.clock.set('2026-03-10T12:00:00.000Z');
  const session = await connector.open(grant, undefined);
  account = (await session.accounts())[0]?.externalId ?? '';
  await session.close();
});
afterAll(async () => {
  await faults.stop();
  await bank.stop();
});

async function make(call: Call): Promise<unknown> {
  const session = await connector.open(grant, undefined);
  try {
    if (call === 'accounts') return await session.accounts();
    if (call === 'balances') return await session.balance(account);
    return await collect(session.entries(account, { from: '2026-01-01' }));
  } finally {
    await session.close();
  }
}

async function spoil(fault: Fault, call: Call): Promise<unknown> {
  const before = faults.spoiled();
  faults.next(fault, ({ body }) =>
    Buffer.from(body, 'base64').toString('latin1').includes(`${segments[call]}:`),
  );
  const made = await make(call).catch((error: unknown) => error);
  expect(faults.spoiled()).toBe(before + 1);
  return made;
}

describe('a bank whose answers are spoiled', () => {
  test.each(spoiled)('tells of one that is %s at every kind of call', async (fault, code) => {
    for (const call of ['accounts', 'balances', 'entries'] as const) {
      const error = await spoil(fault, call);
      expect(error).toMatchObject({ code });
      expect(String(error)).not.toMatch(/Erika|Cafe Rot|COFFEE|sandbox/);
    }
    await expect(make('entries')).resolves.toHaveLength(1);
  });

  test.each(['silent', 'slow'] as const)('gives up on one that is %s', async (fault) => {
    expect(await spoil(fault, 'entries')).toMatchObject({ code: 'timeout' });
  });

  test('tells until when it wants to be left alone', async () => {
    expect(await spoil('limited-until', 'balances')).toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 7_200,
    });
  });

  test('ends no dialog of which the last answer is lost, and begins another one', async () => {
    const session = await connector.open(grant, undefined);
    await session.accounts();
    faults.next('cut-off', () => true);
    await expect(session.balance(account)).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(await session.balance(account)).toEqual({ booked: euros(100) });
    await session.close();
  });

  test('is read wherever its lines are broken', async () => {
    const wrapping: typeof fetch = async (...request) => {
      const text = await (await fetch(...request)).text();
      return new Response(text.replace(/.{1,76}/g, '$&\r\n'));
    };
    const wrapped = finTsAt(bank.url, bank.clock, { fetch: wrapping }).connector;
    const session = await wrapped.open(grant, undefined);
    expect(await session.balance(account)).toEqual({ booked: euros(100) });
    await session.close();
  });
});
