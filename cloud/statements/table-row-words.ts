import { toPlain } from './table-names.ts';

/** Words of a cell without accents, digits and signs, in their order. */
function wordsOf(cell: string): string {
  return toPlain(cell)
    .replace(/["״'’]/g, '')
    .replace(/[^\p{L}+-]+/gu, ' ')
    .trim();
}

function wordSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(',').map(toPlain)));
}

const outWords = wordSet(
  '-, s, soll, d, o, dr, db, dbit, debit, debits, debet, af, out, outflow, withdrawal, belastung, lastschrift, ausgang',
  'cargo, debe, debito, egreso, gasto, addebito, dare, uscita, expense, outgoing, money out, חובה',
  'md, wn, χ, ma dati, дт, дебет, дебит, расход, χρεωση, borc, 支出, 支払い, 支払, 出金, 출금, isplata, breme, saida, odchozi',
);
const inWords = wordSet(
  '+, h, haben, c, i, k, kredit, kreditas, cr, crdt, credit, credits, bij, in, inflow, deposit, gutschrift, eingang',
  'abono, haber, credito, ingreso, accredito, avere, entrata, income, incoming, money in, זכות',
  'ma, π, кт, кредит, приход, πιστωση, alacak, 收入, 入金, 입금, uplata, dobro, prichozi',
);

/** Letters that say a direction beside their other one alone: out, in. */
const markPairs = ['md d', 'd a', 't j', 'χ π', 'х п', 'д к'].map((pair) => pair.split(' '));

/** What the cells of a column say of the direction of money: D is out beside C, and in beside MD. */
export function createDirections(
  cells: readonly string[],
): (cell: string) => 'in' | 'out' | undefined {
  const marks = new Set<string>();
  for (const cell of cells) {
    if (cell.length < 4) marks.add(wordsOf(cell));
    if (marks.size > 2) return directionOf;
  }
  const pair = markPairs.find((each) => marks.size === 2 && each.every((mark) => marks.has(mark)));
  if (pair === undefined) return directionOf;
  const [out, into] = pair;
  return (cell) => {
    const mark = wordsOf(cell);
    return mark === out ? 'out' : mark === into ? 'in' : directionOf(cell);
  };
}

/** What a word says of the direction of money, as `S`, `Haben`, `DR` or `Bij` do. */
export function directionOf(cell: string): 'in' | 'out' | undefined {
  if (cell.length > 20 || /\d/.test(cell)) return undefined;
  const words = wordsOf(cell);
  if (outWords.has(words)) return 'out';
  return inWords.has(words) ? 'in' : undefined;
}

/** Finds one of the words, or what begins with it; `\b` knows no Hebrew letters. */
function startingWith(...alternatives: readonly string[]): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives.join('|')})`, 'u');
}

const outKind = startingWith(
  'debit|direct debit|withdrawal|purchase|payment sent|\\p{L}*lastschrift|\\p{L}*kartenzahlung|\\p{L}*auszahlung',
  'abhebung|abbuchung|prelevement|retrait|paiement carte|achat|adeudo|cargo|compra|addebito|prelievo',
  'betaalautomaat|geldautomaat|incasso|afschrijving|buy|fee|tax|reinvestment|paiement|retiro|pago|pagamento',
);
const inKind = startingWith(
  'credit(?! card)|deposit|direct deposit|payment received|refund|salary|\\p{L}*gutschrift|lohn|gehalt|\\p{L}*einzahlung',
  'versement|virement recu|abono|nomina|ingreso|accredito|stipendio|bijschrijving|storting|interest(?! charge)|dividend|contribution|sell|income|cash ?back|topup|top up|zinsen',
);

/** Which way money goes in entries of a kind, as far as its name begins with that: `SEPA-Lastschrift`, `Credit Transfer`. */
export function directionOfKind(cell: string): 'in' | 'out' | undefined {
  if (cell.length > 40) return undefined;
  const words = wordsOf(cell);
  if (outKind.test(words)) return 'out';
  return inKind.test(words) ? 'in' : undefined;
}

const inText =
  /\b(payment received|payment thank you|thank you for your payment|salary|payroll|direct dep(osit)?|interest (paid|credit)|gehalt|lohn|zahlung erhalten|ihre zahlung|nomina|salaire|stipendio|salaris|refund|rückerstattung|remboursement)\b/i;
const outText =
  /\b(atm (withdrawal|cash)|cash withdrawal|card purchase|pos (debit|purchase)|kartenzahlung|lastschrift|bargeldauszahlung|retrait (dab|gab|au)|paiement (par )?carte|prelevement|compra (con )?tarjeta|reintegro|prelievo|addebito|pagamento pos|geldautomaat|betaalautomaat|service fee|monthly fee)\b/i;

/** Which way money goes in entries with such a text, where its words leave no doubt. */
export function directionOfText(cell: string): 'in' | 'out' | undefined {
  if (cell.length < 4 || cell.length > 300) return undefined;
  const isIn = inText.test(cell);
  return isIn === outText.test(cell) ? undefined : isIn ? 'in' : 'out';
}

const pending = startingWith(
  'pending|vorgemerkt|unbooked|not posted|unposted|not cleared|not completed',
  'not booked|authori[sz]ed|authori[sz]ation|in progress|processing|scheduled|on hold',
  'held|ausstehend|offen|nicht gebucht|en attente|a venir|en cours|pendiente',
  'retenid[oa]|in attesa|non contabilizzato|da contabilizzare|gereserveerd',
  'in behandeling|reserveret|reserverad|reservasjon|oczekujac|ממתין',
);
const neverDone = startingWith(
  'declined|rejected|failed|denied|expired|cancell?ed|reverted|voided|abgelehnt',
  'fehlgeschlagen|abgebrochen|refusee?|annulee?|echouee?|rechazad[oa]|anulad[oa]',
  'cancelad[oa]|rifiutat[oa]|annullat[oa]|geweigerd|afgewezen|geannuleerd|נדחה|בוטל',
);
const booked = startingWith(
  'completed?|posted|booked|gebucht|cleared|settled|success|paid|issued|executed',
  'finished|done|ok|approved|refunded|partially refunded|reversed|reconciled|active',
  'abgeschlossen|ausgefuhrt|erledigt|terminee?|comptabilisee?|executee?|effectuee?',
  'completad[oa]|ejecutad[oa]|contabilizad[oa]|realizad[oa]|completat[oa]|eseguit[oa]',
  'contabilizzat[oa]|voltooid|verwerkt|geboekt|uitgevoerd|bokford|bogfort',
  'zaksiegowan|zrealizowan|בוצע|אושר',
);

/** What a cell says of an entry's state; undefined for words that are not known. `void`: it never was one. */
export function stateOf(cell: string): 'booked' | 'pending' | 'void' | undefined {
  if (cell.length > 80) return undefined;
  const words = wordsOf(cell);
  if (pending.test(words)) return 'pending';
  if (neverDone.test(words)) return 'void';
  return booked.test(words) ? 'booked' : undefined;
}

const opening = wordSet(
  'opening balance, starting balance, beginning balance, start balance, initial balance, previous balance',
  'balance brought forward, brought forward, anfangssaldo, anfangsbestand, alter saldo, alter kontostand, saldovortrag',
  'solde initial, ancien solde, solde precedent, solde debut, solde anterieur, saldo inicial, saldo anterior',
  'saldo iniziale, saldo precedente, beginsaldo, openingssaldo, vorig saldo, startsaldo, ingaende saldo, saldo poczatkowe',
  'saldo poczatkowy, pocatecni zustatek, nyito egyenleg, sold initial, algsaldo, alkusaldo, pradinis likutis, sakuma atlikums',
  'open balance, pocetno stanje, zacetno stanje, начално салдо, saldo inicial dia',
  'acilis bakiyesi, входящии остаток, входящий остаток, 前月繰越, 前期繰越, יתרת פתיחה, יתרה קודמת',
);
const closing = wordSet(
  'closing balance, ending balance, final balance, end balance, current balance, new balance, ledger balance',
  'balance carried forward, carried forward, endsaldo, endbestand, neuer saldo, neuer kontostand',
  'schlusssaldo, solde final, solde fin, nouveau solde, saldo final, saldo actual, saldo finale, saldo attuale',
  'eindsaldo, utgaende saldo, saldo koncowe, konecny zustatek, zaro egyenleg, sold final, loppsaldo, loppusaldo',
  'close balance, s a l d o, zavrsno stanje, koncno stanje, краино салдо',
  'galutinis likutis, beigu atlikums, slutsaldo, kapanis bakiyesi, исходящии остаток, исходящий остаток, 次月繰越, יתרת סגירה',
);
/** Sums of what came in or went out, which no entry is called by. */
const turnovers = wordSet(
  'turnover, total turnover, kaive, apyvarta, apgrozijums, obrat, obroty, oborot, оборот, обороты, umsatzsumme',
);
/** Words that an entry may have too: a fuel station is called Total. They count in rows without a date alone. */
const totals = wordSet(
  'total, totals, grand total, subtotal, sub total, sum, summe, gesamt, gesamtsumme, zwischensumme, totaux, sous total',
  'total general, totale, totali, totaal, suma, razem, available balance, saldo disponible, verfugbarer betrag, סהכ',
  'balance, saldo, solde, kontostand, יתרה',
  'total debit, total credit, total debits, total credits',
);

const summaryMark =
  /bal|turnover|kaiv|käiv|apyv|apgr|obor|obrat|оборот|umsatzs|sal[dt]|sold|likut|atlik|bakiy|繰越|stan|kontost|bestand|zustat|egyenl|forward|vortrag|остат|יתר|残高|салдо|stanje|^s a l d o$/i;

/** False for texts that are no summary for sure: there are a million of these in a file. */
export function maySummarize(cell: string): boolean {
  return cell.length > 3 && cell.length <= 60 && summaryMark.test(cell);
}

/** What a cell calls its whole row, where that is no entry. */
export function summaryOf(cell: string): 'opening' | 'closing' | 'turnover' | 'total' | undefined {
  if (cell.length > 60 || !/^\P{L}{0,3}\p{L}(\p{L}| \p{L} )/u.test(cell)) return undefined;
  const words = wordsOf(cell).replace(/[+-]/g, ' ').replace(/\s+/g, ' ').trim();
  const name = words.replace(
    /( (as|of|at|on|per|zum|am|vom|au|du|al|a|il|op|eur|usd|gbp|chf))+$/,
    '',
  );
  if (opening.has(name)) return 'opening';
  if (closing.has(name)) return 'closing';
  if (turnovers.has(name)) return 'turnover';
  return totals.has(name) ? 'total' : undefined;
}
