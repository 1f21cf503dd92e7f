/** True for an IBAN with right check digits (ISO 13616, modulo 97), written without spaces. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Where an account's identification goes: an IBAN where it is one (spaces dropped), a number where not. */
export function toAccountId(text: string | undefined): { iban?: string; number?: string } {
  if (text === undefined) return {};
  const joined = text.replace(/\s/g, '').toUpperCase();
  return isIban(joined) ? { iban: joined } : { number: text };
}
