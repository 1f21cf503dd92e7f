import { fold } from '../row-words.ts';

/**
 * What a row's text says of a transfer between own accounts: 'own' names one; 'any' names a transfer, which may be
 * one to anybody; 'none' neither.
 */
export type TransferWords = 'own' | 'any' | 'none';

const ownPhrases = `
  own transfer, internal transfer, transfer to own account, own account, between accounts, between own accounts,
  account transfer, transfer to savings, savings, savings account, to savings, from savings, to checking,
  from checking, online transfer to, online transfer from, credit card payment, card payment thank you,
  payment thank you, autopay payment, top up, topup
  übertrag, uebertrag, umbuchung, umbuchungen, kontoübertrag, kontouebertrag, eigenübertrag, eigenuebertrag,
  eigenes konto, eigene konten, sparen, sparkonto, tagesgeld, tagesgeldkonto, kreditkartenabrechnung,
  kreditkartenausgleich, ausgleich kreditkarte
  virement interne, virement entre comptes, compte à compte, virement compte à compte, épargne, livret a
  giroconto, girofondo, conto proprio, risparmio
  traspaso, cuenta propia, entre cuentas, ahorro, ahorros
  transferência entre contas, conta própria, poupança
  eigen rekening, spaarrekening, sparen, spaaropdracht
  przelew własny, przelew wlasny, na własne konto, na wlasne konto, oszczędności
  vlastní účet, převod mezi účty, spořicí účet, medzi vlastnými účtami
  egen konto, eget konto, egna konton, egne kontoer, mellan egna konton, sparkonto, sparekonto, opsparing
  oma tilisiirto, omien tilien, säästötili
  átvezetés, saját számla
  hesaplarım arası, hesaplarim arasi, virman
  העברה בין חשבונות, העברה עצמית, חיסכון
  между своими счетами, между счетами, на свой счет`;

const anyPhrases = `
  transfer, transfers, xfer, tfr, trf, virement, trasferimento, transferencia, transferência, overboeking,
  överföring, överforing, overføring, overførsel, prevod, převod, העברה, перевод`;

/** Scripts without blanks between words. */
const unspacedPhrases = '口座振替|振替入金|本人振替|转账|轉帳';

const patternOf = (phrases: string) => {
  const folded = phrases.split(/[,\n]/).map((phrase) => fold(phrase).trim());
  return new RegExp(` (?:${folded.filter(Boolean).join('|')}) `);
};
const own = patternOf(ownPhrases);
const any = patternOf(anyPhrases);
const unspaced = new RegExp(unspacedPhrases);

/** @param padded folded words with one blank between, before and behind them (`padWords`). */
export function readTransferWords(padded: string): TransferWords {
  if (own.test(padded)) return 'own';
  return any.test(padded) || unspaced.test(padded) ? 'any' : 'none';
}

/** The folded words of a text with one blank between, before and behind them. */
export function padWords(text: string): string {
  return ` ${(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
}

/** Legal forms and forms of address: banks leave them out, or cut them off. */
const partOfNoName = new Set(
  'gmbh mbh ag kg ug ohg gbr ev co ltd limited llc llp inc corp plc sa sarl sas srl spa sl bv nv ab as oy aps kft herr frau mr mrs ms dr'.split(
    ' ',
  ),
);
const betweenHolders = /\s+(?:und|and|et|oder|or|ou|e|y|en|og|och|i)\s+|[&+/;]/iu;

/**
 * The persons that hold an account, each as words that must all stand in a text to name it. Those who share a family
 * name may have it once: 'Ida und Max Muster'.
 */
export function readHolders(holder: string): readonly (readonly string[])[] {
  const parts = holder.split(betweenHolders).map(nameWords).filter(isFilled);
  const family = parts.at(-1)?.at(-1);
  return parts
    .map((words) => (words.length === 1 && parts.length > 1 && family ? [...words, family] : words))
    .filter((words) => words.join('').length >= nameLengthMin);
}

/** Shorter names stand in texts by chance. */
const nameLengthMin = 4;

const isFilled = (words: readonly string[]) => words.length > 0;

function nameWords(name: string): readonly string[] {
  const words = padWords(name).trim().split(' ');
  return words.filter((word) => word.length > 1 && !partOfNoName.has(word));
}
