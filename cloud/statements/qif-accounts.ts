import { isIban } from './iban.ts';
import { createEntryReader, type QifReading } from './qif-entry.ts';
import type { QifList } from './qif-lists.ts';
import type { QifRecord, QifVisitor } from './qif-records.ts';
import { openSection, type Section } from './section.ts';
import type { Statement, StatementAccount } from './statement.ts';

interface Account {
  readonly list: QifList;
  readonly section: Section;
  name: string | undefined;
  isFirst: boolean;
  trades: number;
  /** Where the first of the trades stands. */
  tradeLine: number;
}

/** Takes the records of a file. An account is one statement, however many lists it has. */
export function openQifAccounts(
  reading: QifReading,
  layout: string,
): QifVisitor & { close(): Statement[] } {
  const readEntry = createEntryReader(reading);
  const accounts = new Map<string, Account>();
  const byList = new Map<QifList, Account>();
  const openAccount = (list: QifList): Account => {
    const key = `${list.account === undefined ? list.name : list.type}:${list.account ?? ''}`;
    const account = accounts.get(key) ?? {
      list,
      section: openSection(),
      name: list.account,
      isFirst: true,
      trades: 0,
      tradeLine: 0,
    };
    accounts.set(key, account);
    byList.set(list, account);
    return account;
  };
  const accountOf = (list: QifList): Account => byList.get(list) ?? openAccount(list);
  return {
    list: accountOf,
    record(record, list) {
      if (list.kind === 'unnamed' && !isEntry(record)) return true;
      const account = accountOf(list);
      if (list.kind === 'investment') {
        if (account.trades === 0) account.tradeLine = record.line;
        account.trades += 1;
        return true;
      }
      if (account.isFirst) account.name ??= nameOfOpening(record);
      account.isFirst = false;
      const entry = readEntry(record, account.section);
      if (entry) account.section.add(entry);
      return true;
    },
    close() {
      return [...accounts.values()].flatMap(({ list, section, name, trades, tradeLine }) => {
        if (trades > 0) {
          section.problem(
            tradeLine,
            `Investment transactions are not read. Left out from here on: ${trades}.`,
          );
        }
        return section.close({
          format: 'qif',
          layout,
          account: toAccount(name, list),
          currencyWhereNone: reading.currency,
          line: list.line,
        });
      });
    },
  };
}

/** What stands before the first header may be a note. */
export function isEntry({ D, T, U }: QifRecord): boolean {
  return /\d/.test(D ?? '') && /\d/.test(T ?? U ?? '');
}

/** Quicken begins an account with its opening balance, as a transfer from the account itself. */
function nameOfOpening({ P, L }: QifRecord): string | undefined {
  return P === 'Opening Balance' ? /^\[([^\]]+)\]/.exec(L ?? '')?.[1] : undefined;
}

/** The name is the user's, and often the bank's number. */
function toAccount(name: string | undefined, { type }: QifList): StatementAccount {
  if (name === undefined) return { type };
  const joined = name.replace(/[\s.-]/g, '').toUpperCase();
  if (isIban(joined)) return { iban: joined, type };
  return /^\d{5,}[A-Z]?$/.test(joined) ? { number: name, type } : { name, type };
}
