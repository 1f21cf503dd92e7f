import type { BankTransaction } from '../schema.ts';
import { bookedOnly } from './booked-only.ts';
import { historyOnce } from './history-once.ts';
import { missingIds } from './missing-ids.ts';
import type { Quirk } from './quirk.ts';
import { shortWindows } from './short-windows.ts';
import { swappedDates } from './swapped-dates.ts';

/** By the names that a bank's setting `quirks` uses. */
const quirks = {
  'booked-only': bookedOnly,
  'history-once': historyOnce,
  'missing-ids': missingIds,
  'short-windows': shortWindows,
  'swapped-dates': swappedDates,
} satisfies Record<string, Quirk>;

export type QuirkName = keyof typeof quirks;

export const quirkNames = Object.keys(quirks) as [QuirkName, ...QuirkName[]];

/** All of a bank's habits: those that are known by its BIC, those that its settings name, and its own limit of days. */
export function quirksOf(bank: {
  readonly institution: { readonly bic?: string };
  readonly quirks?: readonly QuirkName[] | undefined;
  readonly windowDays?: number | undefined;
}): Omit<Quirk, 'bankCodes'> {
  const { institution, quirks: named = [], windowDays } = bank;
  const bankCode = (institution.bic ?? '').slice(0, 4).toUpperCase();
  const own = Object.entries(quirks as Record<string, Quirk>)
    .filter(([name, { bankCodes = [] }]) => bankCodes.includes(bankCode) || isIn(named, name))
    .map(([, quirk]) => quirk);
  const mends = own.flatMap(({ mend }) => mend ?? []);
  const one = Object.assign({}, ...own) as Quirk;
  return {
    ...one,
    ...(windowDays !== undefined && { windowDays }),
    ...(mends.length > 0 && {
      mend: (transaction: BankTransaction) =>
        mends.reduce((mended, mend) => mend(mended), transaction),
    }),
  };
}

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
