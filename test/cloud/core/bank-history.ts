import fc from 'fast-check';
import type { BankConnector } from '../../../cloud/ports/bank-connector.ts';
import { BankError } from '../../../cloud/ports/bank-connector.ts';
import type { Balance, ObservedAccount, ObservedEntry } from '../../../shared/bank.ts';
import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';
import { giro, institution } from './world.ts';

/** Whether a bank names its entries, and whether it names them alike each time. */
export type References = 'stable' | 'none' | 'reissued';

/** What becomes of one line of a bank's history from day to day. */
export interface Line {
  readonly account: number;
  /** Days after the first one. */
  readonly day: number;
  /** Days later that the bank shows it: backdated where it is booked at once. */
  readonly late: number;
  readonly minor: number;
  /** Which of the few common wordings it has; a wording of its own where absent. */
  readonly words?: number;
  readonly fate: 'booked' | 'settles' | 'vanishes';
  /** Days as pending. */
  readonly pendingDays: number;
  readonly isDated: boolean;
  /** Booked with a tip, and in more words; of lines with a wording of their own alone. */
  readonly hasTip: boolean;
}

export const firstDay: CalendarDate = '2026-03-01';

const wordings = ['COFFEE BAR', 'BAKERY'];
const ownWords = 'ANKER BIRKE CEDER DOLDE EIBE FARN GINSTER HASEL IRIS JASMIN KIEFER LINDE';
const namesOfOwn = ownWords.split(' ').flatMap((a) => ['HOF', 'TAL', 'SEE'].map((b) => a + b));

export const bankLines: fc.Arbitrary<readonly Line[]> = fc
  .array(
    fc.record({
      account: fc.nat(1),
      day: fc.nat(34),
      late: fc.constantFrom(0, 0, 0, 1, 4),
      minor: fc.constantFrom(-100, -100, -250, 1000),
      words: fc.constantFrom(undefined, 0, 0, 1),
      fate: fc.constantFrom('booked', 'booked', 'booked', 'settles', 'settles', 'vanishes'),
      pendingDays: fc.integer({ min: 1, max: 6 }),
      isDated: fc.boolean(),
      hasTip: fc.boolean(),
    }),
    { minLength: 1, maxLength: namesOfOwn.length },
  )
  .map((lines) =>
    lines.map(({ words, ...line }, at): Line => {
      // What vanishes is like nothing else: which of two equal ones did, no reader of a statement could tell.
      const isOwn = line.fate === 'vanishes' || words === undefined;
      return {
        ...line,
        minor: isOwn ? line.minor * 40 - at * 7 : line.minor,
        ...(!isOwn && { words }),
      };
    }),
  );

/** Two accounts of a bank as each day shows them. */
export function createHistoryBank(
  lines: readonly Line[],
  references: References,
  today: () => CalendarDate,
) {
  const bank = { fetches: 0, grants: 0, breaksOff: false, onPage: () => {} };
  const accounts = (): readonly ObservedAccount[] => [
    { ...giro, externalId: `g${bank.grants}-0` },
    {
      ...giro,
      iban: 'DE02120300000000202051',
      name: 'Sparkonto',
      type: 'savings',
      externalId: `g${bank.grants}-1`,
    },
  ];
  const shown = (account: number) =>
    lines.flatMap((line, at) =>
      line.account === account ? showLine(line, at, today(), references, bank.fetches) : [],
    );
  const balance = (account: number): Balance => {
    const booked = shown(account).filter(({ status }) => status === 'booked');
    const minor = booked.reduce((sum, { amount }) => sum + amount.minor, 50_000);
    return { booked: { minor, currency: 'EUR' } };
  };
  const indexOf = (externalId: string) =>
    accounts().findIndex((it) => it.externalId === externalId);
  const connector: BankConnector = {
    id: 'fake',
    institutions: async () => [{ ...institution, historyDays: 730 }],
    startAccess: async ({ redirectUrl }) => ({
      kind: 'asked',
      grant: { consent: 'asked' },
      confirmation: { kind: 'redirect', url: `https://bank.example/login?back=${redirectUrl}` },
    }),
    answerConfirmation: async () => ({
      kind: 'granted',
      grant: { consent: `g${++bank.grants}` },
      unattendedPerDay: 1_000,
    }),
    open: async () => ({
      accounts: async () => accounts(),
      balance: async (externalId) => balance(indexOf(externalId)),
      entries: async function* (externalId, { from }) {
        bank.fetches += 1;
        const all = shown(indexOf(externalId)).filter(
          ({ bookingDate }) => !bookingDate || bookingDate >= from,
        );
        const half = Math.ceil(all.length / 2);
        bank.onPage();
        yield { entries: all.slice(0, half) };
        if (bank.breaksOff) throw new BankError('bank-unavailable');
        bank.onPage();
        yield { entries: all.slice(half) };
      },
      close: async () => {},
    }),
    revokeAccess: async () => {},
  };
  return { bank, connector, accounts, shown };
}

function showLine(
  line: Line,
  at: number,
  today: CalendarDate,
  references: References,
  fetch: number,
): readonly ObservedEntry[] {
  const { day, late, minor, words, fate, pendingDays, isDated, hasTip } = line;
  const first = addDays(firstDay, day);
  const name = words === undefined ? (namesOfOwn[at] ?? '') : 'Cafe Rot';
  const text = wordings[words ?? -1] ?? `EINKAUF ${name}`;
  const base = {
    counterparty: name,
    ...(references === 'stable' && { reference: `R${at}` }),
    ...(references === 'reissued' && { reference: `X${fetch}-${at}` }),
  };
  const money = (amount: number) => ({ minor: amount, currency: 'EUR' });
  if (fate === 'booked') {
    if (today < addDays(first, late)) return [];
    return [{ ...base, status: 'booked', bookingDate: first, amount: money(minor), text }];
  }
  if (today < first) return [];
  if (today < addDays(first, pendingDays)) {
    const dated = isDated ? { bookingDate: first } : {};
    return [{ ...base, ...dated, status: 'pending', amount: money(minor), text }];
  }
  if (fate === 'vanishes') return [];
  const bookingDate = addDays(first, pendingDays);
  const isTipped = hasTip && words === undefined;
  const amount = money(isTipped ? Math.round(minor * 1.1) : minor);
  const told = isTipped ? `${text} KARTE 1234` : text;
  return [{ ...base, status: 'booked', bookingDate, valueDate: first, amount, text: told }];
}
