import {
  pairTransfers,
  type TransferContext,
} from '../../../../cloud/learner/transfers/pair-transfers.ts';
import type {
  LegRow,
  OwnAccount,
  TransferFinding,
} from '../../../../cloud/learner/transfers/transfer.ts';
import { parseMoney } from '../../../../shared/money.ts';

export const transit = 'Assets:In transit';
export const checking = 'Assets:Checking';
export const savings = 'Assets:Savings';
export const card = 'Liabilities:Card';
export const dollars = 'Assets:Dollars';

export const ibanOf = {
  [checking]: 'DE89370400440532013000',
  [savings]: 'AT611904300234573201',
  [dollars]: 'GB29NWBK60161331926819',
};
export const stranger = 'FR1420041010050500013M02606';
export const holder = 'Ida Exempel';
export const own: readonly OwnAccount[] = [
  { path: checking, numbers: [ibanOf[checking]], holder },
  { path: savings, numbers: [ibanOf[savings]], holder },
  { path: dollars, numbers: [ibanOf[dollars]], holder },
  { path: card, numbers: ['4444'], holder },
];

/** A draft of checking, on the 10th. */
export function row({
  id,
  sum,
  currency = 'EUR',
  day = 10,
  ...rest
}: { readonly id: string; readonly sum: string; currency?: string; day?: number } & Partial<
  Omit<LegRow, 'amount' | 'date'>
>): LegRow {
  return {
    id,
    date: new Date(Date.UTC(2026, 2, day)).toISOString().slice(0, 10),
    amount: parseMoney(sum, currency),
    description: '',
    account: checking,
    counterAccount: '',
    isPosted: false,
    isPending: false,
    isChosen: false,
    ...rest,
  };
}

export const find = (rows: readonly LegRow[], context: Partial<TransferContext> = {}) =>
  pairTransfers(rows, { own, transit, rejected: new Set(), isOther: () => false, ...context });

/** Findings in short: 'out>in leftover', 'id waits other', 'id booked by', 'id? others'. */
export const told = (rows: readonly LegRow[], context: Partial<TransferContext> = {}) =>
  find(rows, context).map(inShort);

export function inShort(finding: TransferFinding): string {
  if (finding.kind === 'waiting') return `${finding.id} waits ${finding.other}`;
  if (finding.kind === 'booked') return `${finding.id} booked ${finding.by}`;
  if (finding.kind === 'unclear') return `${finding.id}? ${finding.others.join(' ')}`;
  const left = finding.leftover.map(({ minor, currency }) => ` ${minor} ${currency}`);
  return `${finding.outgoing}>${finding.incoming}${left.join('')}`;
}

export const byNumber = (path: keyof typeof ibanOf) => ({ counterpartyAccount: ibanOf[path] });
