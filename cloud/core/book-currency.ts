import { FailureError } from '../../shared/failures.ts';
import type { AccountDoc } from './documents.ts';
import type { World } from './world.ts';

/**
 * The currency of a book for what names none itself: that of most of its accounts, else that of the country in which its
 * spreadsheet is at home. @throws FailureError `bad-request` where neither tells
 */
export async function bookCurrency(
  { sheet }: World,
  bookId: string,
  accounts: readonly AccountDoc[],
): Promise<string> {
  const counts = [...Map.groupBy(accounts, ({ currency }) => currency)];
  const [most] = counts.sort(([, a], [, b]) => b.length - a.length);
  const told = most?.[0] ?? currencyOf(await localeOf(sheet, bookId));
  if (!told) {
    const reason =
      'The file names no currency: choose an account that has one in the Accounts tab.';
    throw new FailureError('bad-request', reason);
  }
  return told;
}

/** '' where the cloud may not look into the spreadsheet. */
async function localeOf(sheet: World['sheet'], bookId: string): Promise<string> {
  try {
    return (await sheet.readBook(bookId)).locale;
  } catch (error) {
    if (error instanceof FailureError) return '';
    throw error;
  }
}

function currencyOf(locale: string): string | undefined {
  const [, country = ''] = locale.split(/[_-]/);
  return Object.keys(countries).find((currency) =>
    countries[currency]?.split(' ').includes(country),
  );
}

/** Countries (ISO 3166-1) by their currency (ISO 4217, https://www.iso.org/iso-4217-currency-codes.html, 2026). */
const countries: Readonly<Record<string, string>> = {
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  AED: 'AE',
  ARS: 'AR',
  AUD: 'AU',
  BRL: 'BR',
  CAD: 'CA',
  CHF: 'CH LI',
  CLP: 'CL',
  CNY: 'CN',
  COP: 'CO',
  CZK: 'CZ',
  DKK: 'DK FO GL',
  GBP: 'GB GG IM JE',
  HKD: 'HK',
  HUF: 'HU',
  IDR: 'ID',
  ILS: 'IL',
  INR: 'IN',
  ISK: 'IS',
  JPY: 'JP',
  KRW: 'KR',
  MXN: 'MX',
  MYR: 'MY',
  NOK: 'NO',
  NZD: 'NZ',
  PHP: 'PH',
  PLN: 'PL',
  RON: 'RO',
  RSD: 'RS',
  SAR: 'SA',
  SEK: 'SE',
  SGD: 'SG',
  THB: 'TH',
  TRY: 'TR',
  TWD: 'TW',
  UAH: 'UA',
  USD: 'US EC PR SV',
  VND: 'VN',
  ZAR: 'ZA',
};
