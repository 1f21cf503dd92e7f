import type { Access, AccessCause } from '../../shared/access.ts';
import type {
  AccountView,
  ChangePreview,
  ConnectionView,
  ProofView,
  RunView,
  SyncProgress,
  SyncResult,
  UndoPreview,
} from '../../shared/api.ts';
import type { BankAccountType } from '../../shared/bank.ts';
import type { CalendarDate, Instant } from '../../shared/calendar-date.ts';

export type Wording = ReturnType<typeof createWording>;

const minuteMs = 60_000;

/**
 * Words for times, days and sums. Numbers are written as the book's locale has them; days and times as English has them,
 * since they stand in English sentences.
 * @param locale Google's word for the book's locale, as de_DE
 * @param timeZone the user's; absent: that of the browser
 */
export function createWording(locale: string, timeZone?: string) {
  const tag = toLanguageTag(locale);
  const english = tag.startsWith('en') ? tag : 'en-GB';
  const zone = timeZone ? { timeZone } : {};
  const time = new Intl.DateTimeFormat(english, { ...zone, timeStyle: 'short' });
  const dayHere = new Intl.DateTimeFormat(english, { ...zone, day: 'numeric', month: 'short' });
  const dayAndYear = new Intl.DateTimeFormat(english, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const count = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent' });

  /** 1 Mar 2026 */
  const day = (date: CalendarDate) => dayAndYear.format(new Date(`${date}T00:00:00Z`));

  /** 14:10, tomorrow 02:10, 3 Mar 02:10: when something will be. */
  function when(now: Instant, then: Instant): string {
    const [nowDate, thenDate] = [new Date(now), new Date(then)];
    const dayThen = dayHere.format(thenDate);
    if (dayThen === dayHere.format(nowDate)) return time.format(thenDate);
    const tomorrow = new Date(nowDate.getTime() + 24 * 60 * minuteMs);
    const named = dayThen === dayHere.format(tomorrow) ? 'tomorrow' : dayThen;
    return `${named} ${time.format(thenDate)}`;
  }

  /** just now, 12 min ago, 3 h ago, on 28 Feb: when something was. */
  function ago(now: Instant, then: Instant): string {
    const minutes = Math.floor((Date.parse(now) - Date.parse(then)) / minuteMs);
    if (minutes < 1) return 'just now';
    if (minutes < 60) return `${minutes} min ago`;
    if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
    return `on ${dayHere.format(new Date(then))}`;
  }

  /** synced 12 min ago · next 14:10 · 2 of 4 left */
  function syncTimes(now: Instant, connection: ConnectionView): string {
    const { lastSyncedAt, nextSyncAt, quota } = connection;
    const last = lastSyncedAt ? `synced ${ago(now, lastSyncedAt)}` : 'not synced yet';
    const next =
      nextSyncAt && ` · next ${nextSyncAt > now ? when(now, nextSyncAt) : 'in a moment'}`;
    return `${last}${next ?? ''} · ${quota.left}\u00a0of\u00a0${quota.perDay}\u00a0left`;
  }

  /** 4 min left: until when something waits. */
  function left(now: Instant, until: Instant): string {
    const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / minuteMs);
    if (minutes < 1) return 'Less than a minute left.';
    return minutes < 60 ? `${minutes} min left.` : `Until ${when(now, until)}.`;
  }

  /** access until 27 Aug 2026; '' where it never ends. */
  function access({ validUntil, state }: ConnectionView): string {
    if (!validUntil) return '';
    return `access ${state === 'expired' ? 'ended on' : 'until'} ${day(validUntil)}`;
  }

  /** entries 340 of 1,500 */
  function progress({ step, done, total }: SyncProgress): string {
    if (done === undefined) {
      const rows =
        step === 'rows' && total ? `writing ${rowWords(total, count.format)}` : undefined;
      return rows ?? progressSteps[step];
    }
    const of = total === undefined ? '' : ` of ${count.format(total)}`;
    return `${step} ${count.format(done)}${of}`;
  }

  const result = (it: SyncResult) => resultWords(it, count.format);
  const changes = (it: ChangePreview) => changeWords(it, count.format);
  const undo = (it: UndoPreview, isDone: boolean) => undoWords(it, isDone, count.format);

  /** 14 new · 12 min ago: by which a user knows a run. */
  function run(now: Instant, { newRows, at }: RunView): string {
    return `${count.format(newRows)} new · ${ago(now, at)}`;
  }

  /** Decimal text as the book's locale writes it with its currency; the text never passes a float. */
  function amount(text: string, currency: string): string {
    // The text has the decimals of ISO 4217; Intl would leave those of some currencies out.
    const fractionDigits = text.split('.')[1]?.length ?? 0;
    const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits };
    const format = new Intl.NumberFormat(tag, { style: 'currency', currency, ...digits });
    return format.format(text as `${number}`);
  }

  /** off by 3,20 € since 2 Mar 2026; '' where nothing is known. */
  function proof(it: ProofView, currency: string): string {
    if (it.kind !== 'off') return it.kind === 'ties' ? 'ties' : '';
    const { offBy, firstBadDay, tiedUntil } = it;
    const off = `off by ${amount(offBy, currency)}`;
    if (firstBadDay) return `${off} since ${day(firstBadDay)}`;
    return tiedUntil ? `${off}, tied until ${day(tiedUntil)}` : off;
  }

  return {
    number: count.format,
    /** 97 %, of 0.97 */
    percent: percent.format,
    day,
    when,
    left,
    syncTimes,
    access,
    progress,
    result,
    changes,
    undo,
    run,
    amount,
    proof,
  };
}

/** 14 new · 2 settled, or nothing new; what the bank failed to give is told by the failure. */
export function resultWords(
  { newRows, settled, removed, unclear = 0, failure }: SyncResult,
  number: (count: number) => string = String,
): string {
  const counts = [
    newRows > 0 && `${number(newRows)} new`,
    settled > 0 && `${number(settled)} settled`,
    removed > 0 && `${number(removed)} no longer pending`,
    unclear > 0 && `${number(unclear)} to check: two entries fit`,
  ].filter((text) => text !== false);
  if (failure) counts.push('not complete');
  return counts.join(' · ') || 'nothing new';
}

/** 3 new · 1 settled · 1 changed · 0 gone */
export function changeWords(
  preview: ChangePreview,
  number: (count: number) => string = String,
): string {
  if (isNothing(preview)) return 'Nothing new: no row would change.';
  const { newRows, settled, changed, removed } = preview;
  const [added, booked, other, gone] = [newRows, settled, changed, removed].map(number);
  return `${added} new · ${booked} settled · ${other} changed · ${gone} gone`;
}

export function isNothing({ newRows, settled, changed, removed }: ChangePreview): boolean {
  return newRows + settled + changed + removed === 0;
}

/** 2 accounts are new. What the bank has shown since `known`; '' where it was not asked. */
export function foundWords(
  { accounts }: Pick<ConnectionView, 'accounts'>,
  known: readonly string[] | null,
): string {
  if (!known) return '';
  const found = accounts.filter(({ key }) => !known.includes(key)).length;
  if (found === 0) return 'No account is new at the bank.';
  return found === 1 ? '1 account is new.' : `${found} accounts are new.`;
}

/** Takes 14 rows away. 1 posted row stays: */
export function undoWords(
  { removed, stays }: UndoPreview,
  isDone: boolean,
  number: (count: number) => string = String,
): string {
  const gone = rowWords(removed, number);
  const taken = isDone ? `${gone} taken away.` : `Takes ${gone} away.`;
  if (stays.length === 0) return taken;
  const posted = rowWords(stays.length, number, 'posted ');
  return `${taken} ${posted} ${stays.length === 1 ? 'stays' : 'stay'}:`;
}

/** 1 row, 14 rows, 3 posted rows */
export function rowWords(
  count: number,
  number: (count: number) => string = String,
  kind = '',
): string {
  return `${number(count)} ${kind}${count === 1 ? 'row' : 'rows'}`;
}

/** Why a bank was asked. */
export function causeWords(cause: AccessCause): string {
  return causes[cause] ?? cause.replace('-', ' ');
}

const causes: Partial<Readonly<Record<AccessCause, string>>> = {
  scheduled: 'sync by schedule',
  manual: 'sync by hand',
  connected: 'sync after a confirmation',
  historical: 'historical sync',
  notified: 'sync on news of the bank',
  consent: 'confirmation',
};

/** accounts, 3 × entries: what the bank was asked for in one access. */
export function callWords({ calls }: Pick<Access, 'calls'>): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of calls) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} × ${kind}`)).join(', ');
}

const progressSteps: Readonly<Record<SyncProgress['step'], string>> = {
  waiting: 'waiting for the bank',
  accounts: 'reading the accounts',
  entries: 'reading entries',
  rows: 'writing rows',
};

export const accountTypeWords: Readonly<Record<BankAccountType, string>> = {
  current: 'Current account',
  savings: 'Savings account',
  card: 'Card',
  loan: 'Loan',
  investment: 'Investment account',
};

/** DE02 1203 0000 0000 2020 51, or ···· 1234, or '' where the bank names neither. */
export function accountNumber({ iban, mask }: Pick<AccountView, 'iban' | 'mask'>): string {
  if (iban) return iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
  return mask ? `···· ${mask}` : '';
}

/** Colour of the dot and words for a state; 'grey' is no news, the accent says that it works. */
export function stateWords({ state }: Pick<ConnectionView, 'state'>): StateWords {
  return states[state];
}

interface StateWords {
  readonly colour: 'accent' | 'grey' | 'orange' | 'red';
  readonly text: string;
}

const states: Readonly<Record<ConnectionView['state'], StateWords>> = {
  pending: { colour: 'grey', text: 'not confirmed at the bank yet' },
  connected: { colour: 'accent', text: 'connected' },
  expiring: { colour: 'orange', text: 'connected, ends soon' },
  expired: { colour: 'red', text: 'expired' },
  'needs-user': { colour: 'orange', text: 'waits for you' },
  failing: { colour: 'orange', text: 'has a problem' },
  broken: { colour: 'red', text: 'stopped' },
  removed: { colour: 'grey', text: 'removed' },
};

/** Google's en_US as Intl's en-US; English for what Intl does not know. */
function toLanguageTag(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
