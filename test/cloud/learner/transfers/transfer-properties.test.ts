import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pairKey, transitBalance } from '../../../../cloud/learner/transfers/pair-transfers.ts';
import type { LegRow, TransferFinding } from '../../../../cloud/learner/transfers/transfer.ts';
import {
  byNumber,
  card,
  checking,
  dollars,
  find,
  ibanOf,
  row,
  savings,
  stranger,
  transit,
} from './transfer-rows.ts';

type Numbered = keyof typeof ibanOf;
const numbered = fc.constantFrom<Numbered>(checking, savings, dollars);

/** Few accounts, sums, days and texts, so that rows meet in every way. */
const anyRow = fc.record({
  account: fc.constantFrom(checking, savings, card, 'Assets:Cash'),
  sum: fc.constantFrom('-500', '500', '-500', '500', '495', '-60', '60', '0'),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  day: fc.integer({ min: 1, max: 6 }),
  description: fc.constantFrom(
    '',
    '',
    'Übertrag',
    'Ida Exempel · Umbuchung',
    'Markt Nord',
    'x4444',
  ),
  counterpartyAccount: fc.constantFrom('', '', '', ibanOf[checking], ibanOf[savings], stranger),
  counterAccount: fc.constantFrom('', '', '', transit, savings, 'Expenses:Food'),
  isPosted: fc.boolean(),
});
const anyRows = fc
  .array(fc.tuple(anyRow, fc.constantFrom(1, 1, 2, 3)), { maxLength: 8 })
  .map((rows) => rows.flatMap(([it, times]) => Array.from({ length: times }, () => it)))
  .map((rows) => rows.map((it, at) => row({ id: `r${at}`, ...it })));
const anyContext = fc
  .array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 4 })
  .chain((pairs) =>
    fc.record({
      rejected: fc.constant(new Set(pairs.map(([a, b]) => pairKey(`r${a}`, `r${b}`)))),
      others: fc.uniqueArray(
        fc.nat(13).map((at) => `r${at}`),
        { maxLength: 4 },
      ),
    }),
  )
  .map(({ rejected, others }) => ({ rejected, isOther: ({ id }: LegRow) => others.includes(id) }));

const idsOf = (finding: TransferFinding) =>
  finding.kind === 'pair' ? [finding.outgoing, finding.incoming] : [finding.id];

/** Of an own account, with an amount, and undecided or in transit. */
const isLeg = (it: LegRow | undefined) =>
  it !== undefined &&
  it.account !== 'Assets:Cash' &&
  it.amount.minor !== 0 &&
  (!it.isPosted || it.counterAccount === transit);

describe('transfers of any rows', () => {
  test('do not depend on the order of the rows', () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, anyContext, ([rows, others], context) => {
        expect(find(others, context)).toEqual(find(rows, context));
      }),
      { numRuns: 300 },
    );
  });

  test('have two sides, each in one finding, and leave in transit what they do not cancel', () => {
    fc.assert(
      fc.property(anyRows, anyContext, (rows, context) => {
        const byId = new Map(rows.map((it) => [it.id, it]));
        const findings = find(rows, context);
        const ids = findings.flatMap(idsOf);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => !isLeg(byId.get(id)))).toEqual([]);
        for (const finding of findings) {
          if (finding.kind === 'unclear') expect(finding.others.length).toBeGreaterThan(0);
          if (finding.kind === 'booked') expect(ids).not.toContain(finding.by);
          if (finding.kind !== 'pair') continue;
          const sides = rows.filter(({ id }) => idsOf(finding).includes(id));
          const [out, incoming] = [byId.get(finding.outgoing), byId.get(finding.incoming)];
          expect(out?.amount.minor).toBeLessThan(0);
          expect(incoming?.amount.minor).toBeGreaterThan(0);
          expect(out?.account).not.toBe(incoming?.account);
          expect(context.rejected.has(pairKey(finding.incoming, finding.outgoing))).toBe(false);
          const moved = sides.map((side) => ({ ...side, counterAccount: transit }));
          expect(finding.leftover.toSorted(byCurrency)).toEqual(transitBalance(moved, transit));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('do not change by rows of another time', () => {
    const far = anyRows.map((rows) =>
      rows.map((it) => ({
        ...it,
        id: `far-${it.id}`,
        date: it.date.replace('2026-03', '2026-05'),
      })),
    );
    fc.assert(
      fc.property(anyRows, far, anyContext, (rows, others, context) => {
        const near = find([...others, ...rows], context).filter(
          (finding) => !idsOf(finding)[0]?.startsWith('far-'),
        );
        expect(near).toEqual(find(rows, context));
      }),
      { numRuns: 200 },
    );
  });
});

/** Transfers that both sides tell, within ten days, among payments of equal sums from and to strangers. */
const book = fc.record({
  transfers: fc.array(
    fc.record({
      from: numbered,
      to: numbered,
      units: fc.constantFrom(500, 60),
      day: fc.integer({ min: 1, max: 9 }),
      days: fc.integer({ min: -2, max: 10 }),
    }),
    { maxLength: 8 },
  ),
  payments: fc.array(
    fc.record({
      account: numbered,
      sum: fc.constantFrom('-500', '500', '-60', '60'),
      day: fc.integer({ min: 1, max: 15 }),
    }),
    { maxLength: 8 },
  ),
});

test('all transfers that both sides tell are found, and no payments of strangers with them', () => {
  fc.assert(
    fc.property(book, ({ transfers, payments }) => {
      const real = transfers.filter(({ from, to }) => from !== to);
      const legs = real.flatMap(({ from, to, units, day, days }, at) => [
        row({ id: `o${at}`, account: from, sum: `-${units}`, day, ...byNumber(to) }),
        row({ id: `i${at}`, account: to, sum: `${units}`, day: day + days, ...byNumber(from) }),
      ]);
      const rows = payments.map((it, at) =>
        row({
          id: `p${at}`,
          ...it,
          counterpartyAccount: stranger,
          description: 'Markt · Transfer',
        }),
      );
      const ways = real.map(({ from, to, units }) => `${from} ${to} ${units}`);
      const byId = new Map(legs.map((it) => [it.id, it]));
      const found = find([...rows, ...legs]).map((finding) => {
        const [out, incoming] = idsOf(finding).map((id) => byId.get(id));
        return `${out?.account} ${incoming?.account} ${(incoming?.amount.minor ?? 0) / 100}`;
      });
      expect(found.toSorted()).toEqual(ways.toSorted());
    }),
    { numRuns: 300 },
  );
});

const byCurrency = (a: { currency: string }, b: { currency: string }) =>
  a.currency < b.currency ? -1 : 1;
