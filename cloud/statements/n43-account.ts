import { isIban } from './iban.ts';
import type { StatementAccount } from './statement.ts';

/**
 * The account of a record 11: bank, branch and number make a CCC (Código Cuenta Cliente) once its two check digits stand
 * between them, and that an IBAN. What is not all digits stays a number.
 */
export function toSpanishAccount(
  bank: string,
  branch: string,
  number: string,
  holder: string,
): StatementAccount {
  const rest = { ...(bank && { bank }), ...(holder && { holder }), type: 'current' as const };
  const code = bank + branch;
  if (!/^\d{8}$/.test(code) || !/^\d{10}$/.test(number) || /^0*$/.test(code)) {
    const plain = `${code}${number}`.trim();
    return { ...(plain !== '' && { number: plain }), ...rest };
  }
  const account = `${code}${checkDigit(`00${code}`)}${checkDigit(number)}${number}`;
  const iban = `ES${ibanCheck(account)}${account}`;
  return { ...(isIban(iban) ? { iban } : { number: account }), ...rest };
}

/** Of ten digits: weights 1, 2, 4 … modulo 11; what is left of 11, where 10 stands for 1 and 11 for 0. */
function checkDigit(digits: string): number {
  const weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
  const sum = weights.reduce((left, weight, index) => left + weight * Number(digits[index]), 0);
  const digit = 11 - (sum % 11);
  if (digit === 10) return 1;
  return digit === 11 ? 0 : digit;
}

/** ISO 13616, modulo 97; E and S are 14 and 28. */
function ibanCheck(account: string): string {
  const rest = Number(BigInt(`${account}142800`) % 97n);
  return String(98 - rest).padStart(2, '0');
}
