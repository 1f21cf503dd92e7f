import { describe, expect, test } from '@jest/globals';
import { readFile } from '../../../cloud/core/read-file.ts';
import type { FileReading, FileStatement } from '../../../cloud/ports/statement-files.ts';
import type { ObservedEntry } from '../../../shared/bank.ts';
import type { FileQuestion } from '../../../shared/statement-files.ts';
import { entry } from './world.ts';

const none = new Uint8Array();

function statement(entries: readonly ObservedEntry[], facts: Partial<FileStatement> = {}) {
  const account = { iban: 'DE02120300000000202051', type: 'current' } as const;
  return { format: 'mt940', account, currency: 'EUR', entries, problems: [], ...facts };
}

function accountsOf(...statements: readonly FileStatement[]) {
  const read = readFile(() => ({ kind: 'statements', statements }), none, {}, []);
  return read.kind === 'read' ? read.accounts : [];
}

const on = (bookingDate: string, facts: Partial<ObservedEntry> = {}) =>
  entry('-1.00', { bookingDate, ...facts });

describe('what several statements of a file tell of one account', () => {
  const counts: readonly [string, readonly (readonly ObservedEntry[])[], number][] = [
    [
      'pages that go on in the middle of a day',
      [[on('2026-03-01'), on('2026-03-02')], [on('2026-03-02')]],
      3,
    ],
    ['pages of one day', [[on('2026-03-01')], [on('2026-03-01')], [on('2026-03-01')]], 3],
    ['months one after another', [[on('2026-02-01')], [on('2026-03-01')]], 2],
    [
      'months that overlap',
      [
        [on('2026-02-01'), on('2026-03-01'), on('2026-03-02')],
        [on('2026-03-01'), on('2026-03-01'), on('2026-03-02'), on('2026-03-05')],
      ],
      5,
    ],
    [
      'one entry under one reference on the day where two touch',
      [
        [on('2026-03-01'), on('2026-03-02', { reference: 'A' })],
        [on('2026-03-02', { reference: 'A' })],
      ],
      2,
    ],
    [
      'a day that was told before',
      [[on('2026-03-01'), on('2026-03-05'), on('2026-03-09')], [on('2026-03-05')]],
      3,
    ],
  ];
  test.each(counts)('%s: each entry as often as it was', (_, pages, count) => {
    const accounts = accountsOf(...pages.map((page) => statement(page)));
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.entries).toHaveLength(count);
  });

  test('is kept apart by currency, and its newest closing balance counts', () => {
    const closing = (minor: number, date?: string) => ({
      closing: { amount: { minor, currency: 'EUR' }, ...(date && { date }) },
    });
    const accounts = accountsOf(
      statement([on('2026-03-05')], closing(500)),
      statement([on('2026-02-01')], closing(100, '2026-02-28')),
      statement([], { currency: 'USD' }),
      statement([on('2026-02-01', { status: 'pending' })], {
        account: { type: 'card', number: '1' },
      }),
    );
    expect(accounts).toMatchObject([
      {
        period: { from: '2026-02-01', to: '2026-03-05' },
        closing: { amount: { minor: 500 }, date: '2026-03-05' },
      },
      { currency: 'USD', entries: [], period: null },
      { number: '1', entries: [], pending: 1 },
    ]);
    expect(new Set(accounts.map(({ key }) => key)).size).toBe(3);
  });
});

describe('what a file leaves open', () => {
  const question: FileQuestion = {
    key: 'sign',
    layout: 'l1',
    message: 'Which?',
    options: ['as-is', 'turned'].map((id) => ({ id, label: id, examples: [] })),
  };
  const asks = (_: Uint8Array, { answers }: { answers?: { sign?: string } }): FileReading =>
    answers?.sign
      ? { kind: 'statements', statements: [statement([], { format: answers.sign })] }
      : { kind: 'question', question };
  const layouts = [{ layout: 'l1', answers: { sign: 'turned' } }];

  test('is asked, unless it was answered for the same layout; the answer of now comes first', () => {
    expect(readFile(asks, none, {}, [])).toMatchObject({ kind: 'question', question });
    expect(readFile(asks, none, {}, layouts)).toMatchObject({
      format: 'turned',
      remembered: [{ question, answer: 'turned' }],
    });
    const now = readFile(asks, none, { answers: { sign: 'as-is' } }, layouts);
    expect(now).toMatchObject({ format: 'as-is', remembered: [] });
  });

  test('is asked anew where the remembered answer is none of its options, or of no use', () => {
    const old = [{ layout: 'l1', answers: { sign: 'by-moon' } }];
    expect(readFile(asks, none, {}, old)).toMatchObject({ kind: 'question' });
    const never = (): FileReading => ({ kind: 'question', question });
    expect(readFile(never, none, {}, layouts)).toMatchObject({ kind: 'question' });
  });
});
