import type { EntryStatus, ObservedEntry } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import type { Money } from '../../shared/money.ts';
import { readAmount } from './amount.ts';
import { readIsoDate } from './camt-date.ts';
import type { Section } from './section.ts';
import { attributeOf, child, children, textOf, type XmlElement } from './xml-tree.ts';

/** What an entry takes from the statement in which it stands. */
export interface EntryContext {
  /** For an amount without one of its own. */
  readonly currency: string;
  /** For an entry without any date. */
  readonly day: CalendarDate | undefined;
  /** IBAN or number of the account itself: never its own counterparty. */
  readonly ownAccount?: string;
}

/** Reads one Ntry. Without an entry, why stands in the section's problems. */
export function readCamtEntry(
  ntry: XmlElement,
  section: Section,
  context: EntryContext,
): { readonly entry?: ObservedEntry; readonly isUndated: boolean } {
  const { line } = ntry;
  const amount = readSignedAmount(ntry, section, context);
  if (!amount) return { isUndated: false };
  const dates = readDates(ntry);
  const isUndated =
    dates !== undefined && dates.bookingDate === undefined && dates.valueDate === undefined;
  if (dates === undefined || (isUndated && context.day === undefined)) {
    section.problem(line, 'This entry has no date that exists. It was left out.');
    return { isUndated: false };
  }
  const { status, isForInformation } = readStatus(ntry);
  if (isForInformation) {
    section.problem(line, 'This entry is for information only (INFO): it stands as pending.');
  }
  const transactions = [
    ...children(ntry, 'TxDtls'),
    ...children(ntry, 'NtryDtls').flatMap((details) => children(details, 'TxDtls')),
  ];
  const reference = readReference(ntry, transactions);
  const party = readParty(ntry, transactions, amount.minor < 0, context.ownAccount);
  const original = readOriginal(ntry, transactions, amount);
  return {
    isUndated,
    // What all entries have stands first: V8 then lays them out in less room.
    entry: {
      status,
      amount,
      counterparty: party.name ?? '',
      text: readText(ntry, transactions),
      ...(reference && { reference }),
      ...(isUndated && context.day ? { bookingDate: context.day } : dates),
      ...(party.account && { counterpartyAccount: party.account }),
      ...(original && { original }),
    },
  };
}

/**
 * CdtDbtInd alone has the sign, for reversals too: RvslInd only says that the entry takes an earlier one back. A minus
 * that repeats DBIT changes nothing; one that contradicts CRDT is not read.
 */
function readSignedAmount(
  ntry: XmlElement,
  section: Section,
  { currency }: EntryContext,
): Money | undefined {
  const { line } = ntry;
  const direction = textOf(ntry, 'CdtDbtInd');
  if (direction !== 'CRDT' && direction !== 'DBIT') {
    section.problem(
      line,
      'This entry does not say whether it is credit or debit. It was left out.',
    );
    return undefined;
  }
  const element = child(ntry, 'Amt');
  const own = attributeOf(element, 'Ccy');
  if (own !== undefined && !/^[A-Z]{3}$/.test(own)) {
    section.problem(
      line,
      'This entry has a currency that is no code of three letters. It was left out.',
    );
    return undefined;
  }
  // One text for the currency of all entries, not one each.
  const unit = own === undefined || own === currency ? currency : own;
  const amount = section.amount(textOf(element) ?? '', unit, line, 'This entry');
  if (!amount) return undefined;
  if (direction === 'CRDT' && amount.minor < 0) {
    section.problem(line, 'This entry is a credit with a negative amount. It was left out.');
    return undefined;
  }
  return direction === 'DBIT' && amount.minor !== 0
    ? { ...amount, minor: -Math.abs(amount.minor) }
    : amount;
}

/** Undefined where a date is there that does not exist. */
function readDates(
  ntry: XmlElement,
): { readonly bookingDate?: CalendarDate; readonly valueDate?: CalendarDate } | undefined {
  const read = (name: string) => {
    const element = child(ntry, name);
    const isThere = textOf(element, 'Dt') !== undefined || textOf(element, 'DtTm') !== undefined;
    return isThere ? { date: readIsoDate(element) } : undefined;
  };
  const [booking, value] = [read('BookgDt'), read('ValDt')];
  if (booking && booking.date === undefined) return undefined;
  if (!booking && value && value.date === undefined) return undefined;
  return {
    ...(booking?.date && { bookingDate: booking.date }),
    ...(value?.date && { valueDate: value.date }),
  };
}

/** BOOK is booked, as is an entry without status; PDNG, FUTR and INFO are not on the account yet, or never. */
function readStatus(ntry: XmlElement): { status: EntryStatus; isForInformation: boolean } {
  const code = textOf(ntry, 'Sts', 'Cd') ?? textOf(ntry, 'Sts', 'Prtry') ?? textOf(ntry, 'Sts');
  const isPending = code === 'PDNG' || code === 'FUTR' || code === 'INFO';
  return { status: isPending ? 'pending' : 'booked', isForInformation: code === 'INFO' };
}

/** What banks write where they have no reference. */
const noReference = /^(NONREF|NOTPROVIDED|NOT PROVIDED|NONE|-)$/i;

/** The servicer's reference names the entry; NtryRef may be a contract number that many share (Swiss ISR). */
function readReference(ntry: XmlElement, transactions: readonly XmlElement[]): string | undefined {
  const ofOnly =
    transactions.length === 1 ? textOf(transactions[0], 'Refs', 'AcctSvcrRef') : undefined;
  return [textOf(ntry, 'AcctSvcrRef'), ofOnly, textOf(ntry, 'NtryRef')].find(
    (reference) => reference !== undefined && !noReference.test(reference),
  );
}

interface Party {
  readonly name?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * Who stands on the other side. A returned payment keeps the roles of the first one, so there the sides are changed. Of
 * a batch: the one that all its transactions share, or nobody.
 */
function readParty(
  ntry: XmlElement,
  transactions: readonly XmlElement[],
  isDebit: boolean,
  ownAccount: string | undefined,
): Party {
  const parties = transactions.map((transaction) => {
    const isReturn =
      textOf(ntry, 'RvslInd') === 'true' || child(transaction, 'RtrInf') !== undefined;
    const side = isDebit === isReturn ? 'Dbtr' : 'Cdtr';
    const party = partyOf(transaction, side);
    const isOwn = ownAccount !== undefined && party.account?.replace(/\s/g, '') === ownAccount;
    return isOwn ? partyOf(transaction, side === 'Dbtr' ? 'Cdtr' : 'Dbtr') : party;
  });
  const shared = <K extends keyof Party>(key: K): Party[K] => {
    const [first, ...others] = parties;
    return others.every((other) => other[key] === first?.[key]) ? first?.[key] : undefined;
  };
  return { name: shared('name'), account: shared('account') };
}

function partyOf(transaction: XmlElement, side: 'Dbtr' | 'Cdtr'): Party {
  const parties = child(transaction, 'RltdPties');
  const nameOf = (role: string) =>
    textOf(parties, role, 'Nm') ??
    textOf(parties, role, 'Pty', 'Nm') ??
    textOf(parties, role, 'Agt', 'FinInstnId', 'Nm');
  const id = child(parties, `${side}Acct`, 'Id');
  return {
    name: nameOf(side) ?? nameOf(`Ultmt${side}`),
    account:
      textOf(id, 'IBAN') ??
      textOf(id, 'Othr', 'Id') ??
      textOf(id, 'BBAN') ??
      textOf(id, 'PrtryAcct', 'Id'),
  };
}

/** The sum as ordered (InstdAmt, else TxAmt) where its currency is another; sign as the entry's. */
function readOriginal(
  ntry: XmlElement,
  transactions: readonly XmlElement[],
  amount: Money,
): Money | undefined {
  if (transactions.length > 1) return undefined;
  for (const details of [child(transactions[0], 'AmtDtls'), child(ntry, 'AmtDtls')]) {
    for (const name of ['InstdAmt', 'TxAmt']) {
      const element = child(details, name, 'Amt');
      const currency = attributeOf(element, 'Ccy');
      if (currency === undefined || currency === amount.currency) continue;
      const read = readAmount(textOf(element) ?? '', currency);
      if (read.kind === 'unread') continue;
      const minor = Math.abs(read.money.minor);
      return { minor: amount.minor < 0 && minor !== 0 ? -minor : minor, currency };
    }
  }
  return undefined;
}

/** A batch may have hundreds of remittance lines; a row of the book has room for a few. */
const textLineMax = 20;

/** Remittance lines, structured references and what the bank adds, each line once. */
function readText(ntry: XmlElement, transactions: readonly XmlElement[]): string {
  const lines = new Set<string>();
  const add = (elements: readonly XmlElement[], ...path: readonly string[]) => {
    for (const element of elements) {
      const text = textOf(element, ...path);
      if (text !== undefined) lines.add(text);
    }
  };
  for (const transaction of transactions) {
    const remittance = child(transaction, 'RmtInf');
    const structured = children(remittance, 'Strd');
    add(children(remittance, 'Ustrd'));
    add(structured, 'CdtrRefInf', 'Ref');
    add(structured, 'CdtrRefInf', 'CdtrRef');
    add(structured, 'RfrdDocInf', 'Nb');
    add(structured.flatMap((each) => children(each, 'AddtlRmtInf')));
    add(children(transaction, 'AddtlTxInf'));
  }
  add(children(ntry, 'AddtlNtryInf'));
  return [...lines].slice(0, textLineMax).join('\n');
}
