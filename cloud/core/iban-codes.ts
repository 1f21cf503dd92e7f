/** What an IBAN tells of its bank, as far as it is typed already. */
export interface IbanBank {
  readonly country: string;
  /** National bank codes that it holds, digits or letters; the last one may be the beginning of one. */
  readonly codes: readonly string[];
}

/**
 * Where national bank codes stand in an IBAN, first character and the one after the last, counted from 0 (the SWIFT IBAN
 * registry's "bank identifier position"; of GB and IE both the letters of the BIC and the sort code).
 */
const places: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  AD: [[4, 8]],
  AT: [[4, 9]],
  BE: [[4, 7]],
  BG: [[4, 8]],
  CH: [[4, 9]],
  CY: [[4, 7]],
  CZ: [[4, 8]],
  DE: [[4, 12]],
  DK: [[4, 8]],
  EE: [[4, 6]],
  ES: [[4, 8]],
  FI: [[4, 7]],
  FR: [[4, 9]],
  GB: [
    [4, 8],
    [8, 14],
  ],
  GR: [[4, 7]],
  HR: [[4, 11]],
  HU: [[4, 7]],
  IE: [
    [4, 8],
    [8, 14],
  ],
  IL: [[4, 7]],
  IS: [[4, 8]],
  IT: [[5, 10]],
  LI: [[4, 9]],
  LT: [[4, 9]],
  LU: [[4, 7]],
  LV: [[4, 8]],
  MC: [[4, 9]],
  MT: [[4, 8]],
  NL: [[4, 8]],
  NO: [[4, 8]],
  PL: [[4, 12]],
  PT: [[4, 8]],
  RO: [[4, 8]],
  SE: [[4, 7]],
  SI: [[4, 9]],
  SK: [[4, 8]],
  SM: [[5, 10]],
  TR: [[4, 9]],
};

/** Null for what does not begin as an IBAN of a country whose bank codes are known here, down to the code's second sign. */
export function readIban(text: string): IbanBank | null {
  const iban = text.replace(/[\s.-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{2,30}$/.test(iban)) return null;
  const country = iban.slice(0, 2);
  const codes = (places[country] ?? []).map(([from, to]) => iban.slice(from, to));
  const typed = codes.filter((code) => code.length >= 2);
  return typed.length > 0 ? { country, codes: typed } : null;
}
