import { meaningsOf, toPlain } from './table-names.ts';

/** Words by which a column's name is English; those that it shares with other languages are below. */
const english = new Set(
  [
    'account acct amount balance value posting posted booking booked settlement completed description details memo',
    'narrative narration particulars payee payer paid in out money debit credit debits credits withdrawal withdrawals',
    'deposit deposits currency fee fees charge charges name number reference transaction transactions category sub',
    'class notes note message running counterparty merchant beneficiary recipient sender state original local foreign',
    'exchange rate payment purpose card check cheque slip sort key spent received income expense expenses tax time',
    'zone purchase labels label text booking remarks subject total net gross from to desc inflow outflow created',
    'converted source target available ledger effective process processed bank cleared partner',
  ].flatMap((line) => line.split(' ')),
);
const shared = new Set(
  'date type transaction code id iban bic status info nr no description action balance details'.split(
    ' ',
  ),
);

const wordsIn = (name: string): readonly string[] =>
  toPlain(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

/**
 * What banks of Britain, Ireland, Australia, New Zealand and India call things, and what those of the United States do.
 * Cheque is no such word: Canada writes it so, and the month first.
 */
const dayFirst =
  /\b(sort code|paid (in|out)|money (in|out)|bsb|particulars|value dt|tran particulars)\b/i;
const monthFirst = /\b(check or slip|routing|zip code|ach)\b/i;

/**
 * How people who name columns like this write their days: the month stands first in English alone, and of the
 * countries that speak it in the United States alone, as a rule; undefined where the names do not tell.
 */
export function customOf(header: readonly string[]): 'day-first' | 'month-first' | undefined {
  let [inEnglish, inOther] = [0, 0];
  for (const name of header) {
    const words = wordsIn(name);
    const isEnglish = words.some((word) => english.has(word));
    if (isEnglish) inEnglish += 1;
    else if (words.some((word) => !shared.has(word)) && meaningsOf(name).length > 0) inOther += 1;
  }
  if (inOther > inEnglish) return 'day-first';
  const all = header.join(' ; ');
  const [isDay, isMonth] = [dayFirst.test(all), monthFirst.test(all)];
  if (isDay === isMonth) return undefined;
  return isDay ? 'day-first' : 'month-first';
}
