import { deliverBook } from '../../../cloud/core/deliver-book.ts';
import { books, connections, outbox } from '../../../cloud/core/documents.ts';
import { linkAccount } from '../../../cloud/core/link-account.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { syncConnection } from '../../../cloud/core/sync-connection.ts';
import type { World } from '../../../cloud/core/world.ts';
import type { Cell } from '../../../cloud/ports/sheet.ts';
import type { ReadStatementFile } from '../../../cloud/ports/statement-files.ts';
import { write } from '../../../cloud/ports/store.ts';
import { fromSerial } from '../../../shared/calendar-date.ts';
import { parseMoney } from '../../../shared/money.ts';
import type { FileQuestion, FileTarget } from '../../../shared/statement-files.ts';
import { choose, send, takeFile } from './taking-files.ts';
import { bookId, bookOfErika, connectGiro, createTestWorld, entry, giro } from './world.ts';

export const { iban = '' } = giro;
export const pocket = { path: 'Assets:Pocket', type: 'asset' } as const;
export const toPocket: FileTarget = { bookAccount: pocket };
export const toGiro: FileTarget = { accountKey: 'k-giro' };

/** An account in a made-up file: entries by day and amount. */
export interface Told {
  readonly iban?: string;
  readonly number?: string;
  readonly currency?: string;
  readonly closing?: readonly [amount: string, day: string];
  /** Of a card amounts are charges; without the word that they are, it is asked. */
  readonly asks?: true;
  readonly entries: readonly (readonly [day: string, amount: string])[];
}

export const file = (...told: readonly Told[]) => JSON.stringify(told);

const turned = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

const signQuestion: FileQuestion = {
  key: 'sign',
  layout: 'l1',
  message: 'Did these amounts come in or go out?',
  options: ['as-is', 'turned'].map((id) => ({ id, label: id, examples: [] })),
};

const readMadeUp: ReadStatementFile = (bytes, known) => {
  const told = JSON.parse(Buffer.from(bytes).toString()) as readonly Told[];
  const isAsked = told.some(({ asks }) => asks) && !known.answers?.sign;
  if (isAsked) return { kind: 'question', question: signQuestion };
  const isTurned = known.type === 'card' || known.answers?.sign === 'turned';
  return {
    kind: 'statements',
    statements: told.map(({ currency, closing, entries, asks: _, ...account }) => {
      const money = (amount: string) =>
        parseMoney(isTurned ? turned(amount) : amount, currency ?? known.currency ?? 'XXX');
      const [sum, date] = closing ?? [];
      return {
        format: 'csv',
        layout: 'l1',
        account: { ...account, type: 'current' },
        ...(currency && { currency }),
        ...(sum && date && { closing: { amount: money(sum), date } }),
        entries: entries.map(([bookingDate, amount]) => ({
          ...entry('-1.00', { bookingDate }),
          amount: money(amount),
        })),
        problems: [],
      };
    }),
  };
};

/** Erika's book, of which a bank fills nothing, or Assets:Checking from 1 January on. */
export async function openBook({ hasBank = false } = {}) {
  const it = createTestWorld();
  const world: World = { ...it.world, readStatementFile: readMadeUp };
  if (hasBank) await connectGiro(world);
  else await world.store.commit([write(books, bookId, bookOfErika(world.clock.now()), 'absent')]);
  const overview = () => overviewOf(world, bookId, 'erika');
  const deliver = async () => {
    const waiting = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
    while ((await world.store.find(outbox, waiting)).length > 0) await deliverBook(world, bookId);
  };
  const sync = async (id: string) => {
    const result = await syncConnection(world, id, 'manual');
    await deliver();
    return result;
  };
  return {
    ...it,
    world,
    overview,
    deliver,
    sync,
    ofFiles: async () => (await overview()).fileAccounts,
    take: async (content: string, ...choice: readonly [FileTarget?, object?]) => {
      const done = await takeFile(world, content, ...choice);
      await deliver();
      return done;
    },
    look: async (content: string, target?: FileTarget) =>
      (await choose(world, await send(world, content), target)).preview.accounts,
    link: async (id: string, path: string, from = '2026-01-01') => {
      const account = (await world.store.get(connections, id))?.value.accounts[0];
      const bookAccount = { path, type: 'asset' } as const;
      const args = { connectionId: id, accountKey: account?.key ?? '', bookAccount, from };
      await linkAccount(world, bookId, args);
    },
    rows: () =>
      (it.sheet.state.transactions ?? [])
        .map(({ date, amount }) => `${fromSerial(numberIn(date))} ${numberIn(amount)}`)
        .sort(),
    /** Of Assets:Pocket in the Accounts tab: by the bank, by the book, and what lies between. */
    balances: () => {
      const all = it.sheet.state.accounts ?? [];
      const row = all.find(({ path }) => path?.kind === 'text' && path.text === pocket.path);
      return [row?.bankBalance, row?.bookBalance, row?.difference].map(numberIn);
    },
  };
}

const numberIn = (cell: Cell | undefined) => (cell?.kind === 'number' ? cell.number : Number.NaN);

export const february: Told['entries'] = [
  ['2026-02-01', '-3.20'],
  ['2026-02-01', '-3.20'],
  ['2026-02-20', '100.00'],
];
export const march: Told['entries'] = [
  ['2026-02-20', '100.00'],
  ['2026-03-01', '-7.00'],
];
export const both = ['2026-02-01 -3.2', '2026-02-01 -3.2', '2026-02-20 100', '2026-03-01 -7'];
