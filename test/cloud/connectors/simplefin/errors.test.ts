import { describe, expect, test } from '@jest/globals';
import { createSimplefin } from '../../../../cloud/connectors/simplefin/connector.ts';
import type { BankErrorCode } from '../../../../cloud/ports/bank-connector.ts';
import { collect } from '../../../contract/bank-connector.ts';

const clock = { now: () => '2026-03-10T12:00:00.000Z' };
const accessUrl = 'https://demo:demo@bridge.simplefin.org/simplefin';
const prose = 'Erika Muster has to log in again';

/** Two banks behind one token. */
const set = {
  errlist: [] as unknown[],
  connections: [
    { conn_id: 'C1', name: 'First Bank' },
    { conn_id: 'C2', name: 'Second Bank' },
  ],
  accounts: [
    { id: 'A1', conn_id: 'C1', name: 'Checking', currency: 'USD', balance: '1.00' },
    { id: 'A2', conn_id: 'C2', name: 'Checking', currency: 'USD', balance: '2.00' },
  ],
};

async function open(body: unknown, status = 200) {
  const answer = () => new Response(JSON.stringify(body), { status });
  const connector = createSimplefin({ fetch: async () => answer(), clock });
  const session = await connector.open({ accessUrl }, undefined);
  const entries = (id: string) => collect(session.entries(id, { from: '2026-03-01' }));
  const errorOf = (work: Promise<unknown>) => work.then(String, (error: unknown) => error);
  return { session, entries, errorOf };
}

test.each<[number, BankErrorCode]>([
  [302, 'reply-unreadable'],
  [400, 'bank-unavailable'],
  [401, 'consent-revoked'],
  [402, 'account-locked'],
  [403, 'consent-revoked'],
  [404, 'bank-unavailable'],
  [408, 'timeout'],
  [429, 'rate-limited'],
  [500, 'bank-unavailable'],
  [503, 'bank-unavailable'],
  [504, 'timeout'],
])('status %d means %s at every kind of call', async (status, code) => {
  const { session, entries } = await open({ errlist: [{ code: 'gen.auth', msg: prose }] }, status);
  for (const call of [session.accounts(), session.balance('A1'), entries('A1')]) {
    await expect(call).rejects.toMatchObject({ code });
  }
});

describe('an answer with errors in it', () => {
  /** What they mean for the accounts of the first and of the second bank; undefined: nothing. */
  const cases: [string, object[], (BankErrorCode | undefined)[]][] = [
    ['of everything', [{ code: 'gen.' }], ['bank-unavailable', 'bank-unavailable']],
    ['of how we ask', [{ code: 'gen.api' }], ['bank-unavailable', 'bank-unavailable']],
    ['of the access', [{ code: 'gen.auth' }], ['consent-revoked', 'consent-revoked']],
    ['of one bank', [{ code: 'con.', conn_id: 'C1' }], ['bank-unavailable', undefined]],
    [
      'of a bank of a new kind',
      [{ code: 'con.x', conn_id: 'C2' }],
      [undefined, 'bank-unavailable'],
    ],
    [
      'of one bank that wants its user',
      [{ code: 'con.auth', conn_id: 'C1' }],
      ['bank-unavailable', undefined],
    ],
    [
      'of all banks, which want their user',
      [
        { code: 'con.auth', conn_id: 'C1' },
        { code: 'con.auth', conn_id: 'C2' },
      ],
      ['needs-confirmation', 'needs-confirmation'],
    ],
    ['of one account', [{ code: 'act.failed', account_id: 'A1' }], ['bank-unavailable', undefined]],
    [
      'of one account, a part of which is missing',
      [{ code: 'act.missingdata', account_id: 'A2' }],
      [undefined, 'bank-unavailable'],
    ],
    [
      'of an account of a new kind',
      [{ code: 'act.x', account_id: 'A1' }],
      ['bank-unavailable', undefined],
    ],
    [
      'of an account of the same id elsewhere',
      [{ code: 'act.failed', account_id: 'A1', conn_id: 'C2' }],
      [undefined, undefined],
    ],
    ['of an account that it does not name', [{ code: 'act.failed' }], [undefined, undefined]],
    ['of something else', [{ code: 'new.thing' }], ['bank-unavailable', 'bank-unavailable']],
    [
      'of which the gravest counts',
      [{ code: 'act.failed', account_id: 'A1' }, { code: 'con.auth' }, { code: 'gen.auth' }],
      ['consent-revoked', 'consent-revoked'],
    ],
  ];

  test.each(cases)('%s', async (_, errlist, meant) => {
    const told = errlist.map((problem) => ({ ...problem, msg: prose }));
    const { entries, errorOf } = await open({ ...set, errlist: told });
    for (const [at, id] of ['A1', 'A2'].entries()) {
      const error = await errorOf(entries(id));
      expect((error as { code?: string }).code).toBe(meant[at]);
      expect(String(error)).not.toContain('Erika');
    }
  });

  test('shows accounts and balances all the same, but with an access that has ended', async () => {
    const broken = await open({
      ...set,
      errlist: [{ code: 'con.auth', conn_id: 'C1', msg: prose }],
    });
    expect(await broken.session.accounts()).toHaveLength(2);
    expect(await broken.session.balance('A1')).toEqual({ booked: { minor: 100, currency: 'USD' } });
    const ended = await open({ ...set, errlist: [{ code: 'gen.auth', msg: prose }] });
    await expect(ended.session.accounts()).rejects.toMatchObject({ code: 'consent-revoked' });
  });

  test('says what became of an account that is not in it', async () => {
    const gone = await open({ ...set, accounts: [] });
    await expect(gone.entries('A1')).rejects.toMatchObject({ code: 'account-gone' });
    await expect(gone.session.balance('A1')).rejects.toMatchObject({ code: 'account-gone' });
    const errlist = [{ code: 'act.failed', account_id: 'A1', msg: prose }];
    const failed = await open({ ...set, accounts: [], errlist });
    await expect(failed.entries('A1')).rejects.toMatchObject({ code: 'bank-unavailable' });
    await expect(failed.entries('A2')).rejects.toMatchObject({ code: 'account-gone' });
  });

  test('puts no code into the log that is none', async () => {
    const errlist = [{ code: 'gen.Erika Muster', msg: prose }];
    const { entries } = await open({ ...set, errlist });
    await expect(entries('A1')).rejects.toMatchObject({ detail: 'errlist: another code' });
  });
});

test('an account whose amounts cannot be read leaves the others as they are', async () => {
  const transactions = [{ id: 'T1', posted: 1_772_530_000, amount: '0.00012345', description: '' }];
  const [first, second] = set.accounts;
  const { entries } = await open({ ...set, accounts: [{ ...first, transactions }, second] });
  await expect(entries('A1')).rejects.toMatchObject({ code: 'reply-unreadable' });
  expect(await entries('A2')).toEqual([]);
});
