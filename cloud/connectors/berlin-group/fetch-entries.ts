import type { ObservedEntry } from '../../../shared/bank.ts';
import { addDays, type CalendarDate, dayOf } from '../../../shared/calendar-date.ts';
import { BankError, type EntryPage, type EntryWindow } from '../../ports/bank-connector.ts';
import type { Clock } from '../../ports/clock.ts';
import { ProviderRefusal } from '../http-client.ts';
import {
  type AccountAddress,
  accountPath,
  bankUrl,
  sameBankUrl,
  windowQuery,
} from './addresses.ts';
import type { BerlinGroupBank } from './bank.ts';
import type { Quirk } from './quirks/quirk.ts';
import { type BankReport, cardTransactionsRead, transactionsRead } from './schema.ts';
import { toCardEntries } from './to-card-entries.ts';
import { toEntries } from './to-entries.ts';

/** One fetch of 90 days has a few pages; a bank that gives this many is going in circles. */
const pageMax = 1_000;

/** Parts of a fetch at a bank that gives some days at a time: more than two years of those that give a week. */
const windowMax = 120;

/** Reads a page of entries. @throws ProviderRefusal, BankError */
export type ReadPage = (url: URL, read: (body: unknown) => Page) => Promise<Page>;

export interface Page {
  readonly entries: readonly ObservedEntry[];
  readonly next: URL | undefined;
}

/** What a fetch needs to know of its bank. */
export interface EntrySource {
  readonly bank: BerlinGroupBank;
  readonly quirk: Omit<Quirk, 'bankCodes'>;
  readonly clock: Clock;
  readonly readPage: ReadPage;
  /** What is known by now of whether the bank tells pending entries. */
  readonly shown: { isBookedOnly: boolean };
}

/** The entries of an account, in as many fetches as the bank's limit of days takes. @throws ProviderRefusal, BankError */
export async function* fetchEntries(
  source: EntrySource,
  address: AccountAddress,
  window: EntryWindow,
): AsyncGenerator<EntryPage> {
  const { quirk, clock } = source;
  const today = dayOf(clock.now());
  const windows = windowsOf(window, quirk.windowDays, today);
  if (windows.length > windowMax) {
    const earliest = addDays(today, -windowMax * (quirk.windowDays ?? 1) + 1);
    throw new BankError('period-not-available', 'too many parts', { earliest });
  }
  for (const [index, one] of windows.entries()) {
    // Every fetch would tell the pending ones.
    const wantsPending = index === windows.length - 1;
    try {
      yield* fetchWindow(source, address, one, wantsPending);
    } catch (error) {
      const isOfDays = error instanceof ProviderRefusal && refusesOldDays(error, source, one.from);
      if (!isOfDays) throw error;
      const earliest = earliestDay(source.bank, clock);
      throw new BankError('period-not-available', error.message, { earliest });
    }
  }
}

/** The days in parts that the bank gives at a time, oldest first; the last one as open as the whole. */
function windowsOf(
  { from, to }: EntryWindow,
  windowDays: number | undefined,
  today: CalendarDate,
): readonly EntryWindow[] {
  if (windowDays === undefined) return [{ from, ...(to && { to }) }];
  const windows: EntryWindow[] = [];
  let start = from;
  for (
    let end = addDays(start, windowDays - 1);
    end < (to ?? today);
    end = addDays(start, windowDays - 1)
  ) {
    windows.push({ from: start, to: end });
    start = addDays(end, 1);
  }
  return [...windows, { from: start, ...(to && { to }) }];
}

async function* fetchWindow(
  { bank, quirk, readPage, shown }: EntrySource,
  address: AccountAddress,
  window: EntryWindow,
  wantsPending: boolean,
): AsyncGenerator<EntryPage> {
  const first = (bookingStatus: 'booked' | 'both') => {
    const url = bankUrl(bank, accountPath(address, 'transactions'));
    url.search = windowQuery(window, bookingStatus);
    return url;
  };
  const read = (url: URL) => readPage(url, pageReader(bank, quirk, address, url));
  let asksBoth = wantsPending && !shown.isBookedOnly;
  let url: URL | undefined = first(asksBoth ? 'both' : 'booked');
  const seen = new Set<string>();
  while (url) {
    seen.add(url.href);
    let page: Page;
    try {
      page = await read(url);
    } catch (error) {
      if (!asksBoth || seen.size > 1 || !refusesPending(error)) throw error;
      shown.isBookedOnly = true;
      asksBoth = false;
      url = first('booked');
      continue;
    }
    yield { entries: page.entries };
    url = page.next;
    if (url && (seen.has(url.href) || seen.size >= pageMax)) {
      throw new BankError('reply-unreadable', 'entries: pages without end');
    }
  }
}

/** To tell pending entries is optional; a bank that does not says so by the standard's code, or by 422. */
function refusesPending(error: unknown): boolean {
  if (!(error instanceof ProviderRefusal)) return false;
  return error.status === 422 || error.code === 'PARAMETER_NOT_SUPPORTED';
}

function pageReader(
  bank: BerlinGroupBank,
  { mend }: EntrySource['quirk'],
  { kind, currency }: AccountAddress,
  url: URL,
): (body: unknown) => Page {
  return (body) => {
    const { all, href } = kind === 'accounts' ? ofAccount(body, mend) : ofCard(body);
    const entries = currency ? all.filter(({ amount }) => amount.currency === currency) : all;
    return { entries, next: href ? sameBankUrl(href, url, bank, 'entries') : undefined };
  };
}

function ofAccount(body: unknown, mend: Quirk['mend']) {
  const { transactions, _links } = transactionsRead.parse(body);
  const { booked, pending } = transactions;
  const mended = (list: BankReport['booked']) => (mend ? list?.map(mend) : list);
  return {
    all: toEntries({ booked: mended(booked), pending: mended(pending) }),
    href: transactions._links?.next ?? _links?.next,
  };
}

function ofCard(body: unknown) {
  const report = cardTransactionsRead.parse(body);
  return {
    all: toCardEntries(report),
    href: report.cardTransactions._links?.next ?? report._links?.next,
  };
}

/** A refusal of days that the bank gave once, where it is known to say it in words for something else. */
export function refusesOldDays(
  refusal: ProviderRefusal,
  { bank, quirk, clock }: EntrySource,
  from: CalendarDate,
): boolean {
  return from < earliestDay(bank, clock) && quirk.refusesDays?.(refusal) === true;
}

/** From when on an ordinary fetch is answered. */
function earliestDay({ institution }: BerlinGroupBank, clock: Clock): CalendarDate {
  return addDays(dayOf(clock.now()), -institution.historyDays);
}
