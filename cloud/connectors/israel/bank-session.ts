import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, type CalendarDate, earliestOf } from '../../../shared/calendar-date.ts';
import { MoneyError } from '../../../shared/money.ts';
import { BankError, type BankSession, type EntryWindow } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Company } from './companies.ts';
import { dayInIsrael } from './israel-time.ts';
import type { ScrapedAccount } from './schema.ts';
import { ScrapeUnreadable, toAccount, toBalance, toEntry } from './to-entries.ts';

/**
 * How many days back a scrape begins: the fewest of these that hold what is asked for, else all that there is. So the
 * accounts of one sync, each with a window of its own, mostly need one login; and two months show every card that is
 * in use.
 */
const reaches = [62, 364];

export interface SessionParts {
  readonly company: Company;
  readonly clock: Clock;
  /** Of all accounts; the package tells none. */
  readonly currency: string;
  scrape(from: CalendarDate, ended: AbortSignal): Promise<readonly ScrapedAccount[]>;
}

/**
 * One scrape brings everything, and logs in, which companies count and lock for: it is made at the first call, answers
 * all that it can, and is made anew only for days before its first. One that failed is not tried again in this session.
 */
export function createBankSession(parts: SessionParts): BankSession {
  const { company, clock, currency } = parts;
  const today = dayInIsrael(clock.now());
  const ending = new AbortController();
  let scraped: { from: CalendarDate; accounts: Promise<readonly ScrapedAccount[]> } | undefined;

  async function scrapeFrom(from: CalendarDate): Promise<readonly ScrapedAccount[]> {
    // A scrape that failed is answer enough for any window.
    const known = await scraped?.accounts;
    if (known && scraped && scraped.from <= from) return known;
    const days = reaches.filter((reach) => reach < company.historyDays);
    const firsts = [...days, company.historyDays].map((reach) => addDays(today, -reach));
    const first = firsts.find((day) => day <= from) ?? from;
    scraped = { from: first, accounts: parts.scrape(first, ending.signal).then(oneEach) };
    return scraped.accounts;
  }

  /** Calls wait for each other, so that two of them do not log in twice. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn(from: CalendarDate): Promise<readonly ScrapedAccount[]> {
    const result = turn.then(() => scrapeFrom(from));
    turn = result.catch(() => undefined);
    return result;
  }

  const anyDay = () => inTurn(scraped?.from ?? today);

  function find(accounts: readonly ScrapedAccount[], externalId: string): ScrapedAccount {
    const found = accounts.find(({ accountNumber }) => accountNumber === externalId);
    if (found) return found;
    if (company.showsUsedAlone) return { accountNumber: externalId, txns: [], balance: undefined };
    throw new BankError('account-gone');
  }

  return {
    async accounts() {
      return (await anyDay()).map((account) => toAccount(company, account, currency));
    },

    async balance(externalId) {
      const account = find(await anyDay(), externalId);
      return readable('balances', () => toBalance(company, account, currency));
    },

    async *entries(externalId, window) {
      const earliest = addDays(today, -company.historyDays);
      if (window.from < earliest) {
        // The package would leave out what is older without a word.
        throw new BankError('period-not-available', undefined, { earliest });
      }
      const { txns } = find(await inTurn(window.from), externalId);
      const entries = readable('entries', () => txns.map((it) => toEntry(company, it)))
        .filter((entry) => isWithin(entry, window, today))
        .sort(byDay);
      yield { entries, total: entries.length };
    },

    async close() {
      ending.abort();
      await turn;
    },
  };
}

/** A card that took the place of one with the same last digits is shown beside it under the same number. */
function oneEach(accounts: readonly ScrapedAccount[]): readonly ScrapedAccount[] {
  const byNumber = Map.groupBy(accounts, ({ accountNumber }) => accountNumber);
  return [...byNumber].map(([accountNumber, same]) => ({
    accountNumber,
    balance: same[0]?.balance,
    txns: same.flatMap(({ txns }) => txns),
  }));
}

function readable<Result>(during: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScrapeUnreadable) && !(error instanceof MoneyError)) throw error;
    throw new BankError('reply-unreadable', `${during}: ${error.message}`);
  }
}

/** What a company has already noted for a later day, as a debit or an instalment to come, is no entry before that day. */
function isWithin(
  { status, bookingDate = '', valueDate = '' }: ObservedEntry,
  { from, to }: EntryWindow,
  today: CalendarDate,
): boolean {
  if (status === 'pending') return valueDate <= today;
  return bookingDate >= from && bookingDate <= earliestOf(today, to ?? today);
}

/** Booked ones oldest first, then pending ones; of one day in the company's order. */
function byDay(a: ObservedEntry, b: ObservedEntry): number {
  const [one, other] = [a, b].map(({ bookingDate }) => bookingDate ?? '9');
  return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
}
