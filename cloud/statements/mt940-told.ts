/** What the information to the account owner says of an entry, in whatever manner it is written. */
export interface Told {
  readonly name?: string | undefined;
  readonly account?: string | undefined;
  /** What the payer wrote, without the words that mark it. */
  readonly purpose?: string | undefined;
  /** The bank's word for the kind of entry. */
  readonly kind?: string | undefined;
  /** Of whom the payment is in truth, where that is another. */
  readonly onBehalfOf?: string | undefined;
  readonly original?: Original | undefined;
}

/** The amount before it was exchanged. */
export interface Original {
  readonly currency: string;
  readonly amountText: string;
}

/** Reads /OCMT/USD12,50/, SWIFT's word for the original amount. */
export function readOriginal(text: string): Original | undefined {
  const [, currency, amountText] = /\/OCMT\/([A-Z]{3})([\d,]*\d[\d,]*)/.exec(text) ?? [];
  return currency && amountText ? { currency, amountText } : undefined;
}

/** True for text that is made like an IBAN and nothing else; its check digits may be masked or wrong. */
export function isAccount(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text);
}

/** What is written where a field may not be empty. */
export function isNothing(text: string): boolean {
  return /^(|NOTPROVIDED|NOT PROVIDED|NONREF)$/i.test(text.trim());
}

/** What says something, once; the name alone is no text, and blanks that fill columns are none. */
export function joinTexts(texts: readonly (string | undefined)[], name: string): string {
  let all = '';
  for (const each of texts) {
    if (!each) continue;
    const text = each.replace(/[ \t]{2,}/g, ' ').trim();
    if (isNothing(text) || isSame(text, name) || all.includes(text)) continue;
    all = all === '' ? text : `${all}\n${text}`;
  }
  return all;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase();
}
