import type { Balance, ObservedEntry } from '../../../shared/bank.ts';
import type { CalendarDate } from '../../../shared/calendar-date.ts';
import { formatAmount, type Money } from '../../../shared/money.ts';

// Entries as banks write them: CAMT.052.001.08 (HICAZ) and SWIFT MT940 (HIKAZ), MT942 for noted ones.

export interface WrittenAccount {
  readonly iban?: string;
  readonly number: string;
  readonly blz: string;
  readonly currency: string;
}

const xml = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const tag = (name: string, content: string | undefined) =>
  content === undefined || content === '' ? '' : `<${name}>${content}</${name}>`;
const abs = (money: Money) => formatAmount({ ...money, minor: Math.abs(money.minor) });
const side = ({ minor }: Money) => (minor < 0 ? 'DBIT' : 'CRDT');

/** One CAMT.052 document, its letters as bytes of UTF-8. */
export function writeCamt(
  account: WrittenAccount,
  entries: readonly ObservedEntry[],
  balances: { readonly opening?: Money; readonly closing?: Money },
  day: CalendarDate,
): string {
  const balance = (code: string, money: Money | undefined) =>
    money &&
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${money.currency}">${abs(money)}</Amt>` +
      `<CdtDbtInd>${side(money)}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
  const id = account.iban ? tag('IBAN', account.iban) : tag('Othr', tag('Id', xml(account.number)));
  const document =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"><BkToCstmrAcctRpt>' +
    `<GrpHdr><MsgId>M1</MsgId><CreDtTm>${day}T12:00:00+01:00</CreDtTm></GrpHdr><Rpt><Id>R1</Id>` +
    `<Acct><Id>${id}</Id><Ccy>${account.currency}</Ccy></Acct>` +
    (balance('PRCD', balances.opening) ?? '') +
    (balance('CLBD', balances.closing) ?? '') +
    entries.map(writeNtry).join('') +
    '</Rpt></BkToCstmrAcctRpt></Document>';
  return Buffer.from(document, 'utf8').toString('latin1');
}

function writeNtry(entry: ObservedEntry): string {
  const { amount, original, counterparty, counterpartyAccount = '' } = entry;
  const party = amount.minor < 0 ? 'Cdtr' : 'Dbtr';
  const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(counterpartyAccount);
  const accountId = isIban
    ? tag('IBAN', counterpartyAccount)
    : tag('Othr', tag('Id', xml(counterpartyAccount)));
  const parties =
    tag(party, tag('Pty', tag('Nm', xml(counterparty)))) +
    (counterpartyAccount ? tag(`${party}Acct`, tag('Id', accountId)) : '');
  const lines = entry.text === '' ? [] : entry.text.split('\n');
  const details =
    (original
      ? `<AmtDtls><InstdAmt><Amt Ccy="${original.currency}">${abs(original)}</Amt></InstdAmt></AmtDtls>`
      : '') +
    tag('RltdPties', parties) +
    tag('RmtInf', lines.map((line) => tag('Ustrd', xml(line))).join(''));
  return (
    `<Ntry><Amt Ccy="${amount.currency}">${abs(amount)}</Amt><CdtDbtInd>${side(amount)}</CdtDbtInd>` +
    `<Sts><Cd>${entry.status === 'booked' ? 'BOOK' : 'PDNG'}</Cd></Sts>` +
    tag('BookgDt', tag('Dt', entry.bookingDate)) +
    tag('ValDt', tag('Dt', entry.valueDate)) +
    tag('AcctSvcrRef', entry.reference && xml(entry.reference)) +
    tag('NtryDtls', tag('TxDtls', details)) +
    '</Ntry>'
  );
}

const shortDay = (day: CalendarDate | undefined) => (day ?? '').replaceAll('-', '').slice(2);
const comma = (money: Money) => abs(money).replace('.', ',');

/** One MT940 message (or MT942 of noted entries), in ISO 8859-1. */
export function writeSwift(
  account: WrittenAccount,
  entries: readonly ObservedEntry[],
  balances: { readonly opening?: Money; readonly closing?: Money },
  day: CalendarDate,
): string {
  const isNoted = entries.some(({ status }) => status !== 'booked');
  const sum = entries.reduce((total, { amount }) => total + amount.minor, 0);
  const { opening = { minor: 0, currency: account.currency } } = balances;
  const { closing = { ...opening, minor: opening.minor + sum } } = balances;
  const balance = (name: string, money: Money) => [
    `:${name}:${money.minor < 0 ? 'D' : 'C'}${shortDay(day)}${money.currency}${comma(money)}`,
  ];
  return [
    '',
    ':20:STARTUMS',
    `:25:${account.blz}/${account.number}`,
    ':28C:0',
    ...(isNoted ? [`:34F:${account.currency}0,`] : balance('60F', opening)),
    ...entries.flatMap(writeEntry),
    ...(isNoted ? [] : balance('62F', closing)),
    '-',
    '',
  ].join('\r\n');
}

function writeEntry(entry: ObservedEntry): string[] {
  const { amount, bookingDate, valueDate = bookingDate, counterparty, text } = entry;
  const entryDay = bookingDate ? shortDay(bookingDate).slice(2) : '';
  const mark = amount.minor < 0 ? 'D' : 'C';
  const reference = entry.reference ? `NONREF//${entry.reference}` : 'NONREF';
  const purpose = text === '' ? '' : `SVWZ+${text.replaceAll('\n', ' ')}`;
  const lines = purpose.match(/.{1,27}/gs) ?? [];
  const information = [
    `166?00${amount.minor < 0 ? 'LASTSCHRIFT' : 'GUTSCHRIFT'}`,
    ...lines.slice(0, 10).map((line, index) => `?2${index}${line}`),
    ...(entry.counterpartyAccount ? [`?31${entry.counterpartyAccount}`] : []),
    ...(counterparty ? [`?32${counterparty.slice(0, 27)}`] : []),
  ].join('');
  return [
    `:61:${shortDay(valueDate)}${entryDay}${mark}${comma(amount)}NMSC${reference}`,
    `:86:${information}`,
  ];
}

/** What stands before and after these entries, by the balances after them. */
export function balancesOf(
  entries: readonly ObservedEntry[],
  { booked }: Balance,
): { opening?: Money; closing?: Money } {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first?.balanceAfter || !last?.balanceAfter) {
    return booked && entries.length === 0 ? { opening: booked, closing: booked } : {};
  }
  const opening = { ...first.balanceAfter, minor: first.balanceAfter.minor - first.amount.minor };
  return { opening, closing: last.balanceAfter };
}
