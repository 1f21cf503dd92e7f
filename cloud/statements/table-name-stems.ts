import type { Meaning } from './table-name-words.ts';

/** `\b` knows only the letters of English. */
const word = (pattern: string) => `(?<!\\p{L})(?:${pattern})(?!\\p{L})`;
/** Without accents, as the names are. */
const stem = (...parts: readonly string[]) =>
  new RegExp(parts.join('|').normalize('NFKD').replace(/\p{M}/gu, ''), 'u');

const date = stem(
  word(
    'date|day|datetime|timestamp|dt|data|datos?|dag|tag|jour|dia|giorno|den|nap|dzien|pvm|paivays',
  ),
  'datum|fecha|kuupaev|paivama|paiva$|tarih|datas|дата|תאריך|日付|日期|取引日|利用日|年月日|ημερομην|ημ νια|交易时间|거래일|일자|날짜|วันที|ngay|tanggal',
);
/** Days and numbers of something else than the entry. */
const notItsDay = stem(
  word(
    'due|start|end|begin|from|to|until|expiry|birth|initial|final|statement|period|order|update|updated',
  ),
  'fallig|geburt|echeance|venciment|scaden|vervald|forfall|forfald|last modif',
);
const posted = stem(
  word('post|posted|posting|posted on|book|booked|booking|entry|settled|cleared'),
  'complet|process|settle|clear|ledger|buch|compt|contab|boek|bokf|bogf|ksieg|zauctov|konyv|registr|lancament',
  'irjelma|kirjaus|muhasebe|knjizen|knjiz|обработ|провод|רישום',
);
const valued = stem(
  'value|valut|wert|valeur|effective|rentedat|rantedat|waluty|ertek|ertenap|arvopa|maksupa|валют',
  word('valor|val|interest'),
);
const amount = stem(
  word(
    'amount|amt|sum|value|monto|importe|importo|suma|summa|summe|belop|valor|total|iznos|mutatie|maara',
  ),
  'amount|betrag|umsatz|montant|bedrag|belopp|belob|kwot|castk|osszeg|tutar|montante|сумм|סכום|金額|金额|取引額',
  'importe|importo|ποσο|금액|сума|จำนวน|znesek|summa|jumlah|so tien',
);
/** Sums beside the one that is booked. */
const otherSum = stem(
  word(
    'vat|tax|taxes|gst|iva|mwst|ust|tva|btw|moms|tip|shipping|price|limit|points|miles|rate|refunded|cashback',
  ),
  word(
    'discount|quantity|qty|units|shares|cost|gain|profit|split|budget|kurs|cours|preis|prix|precio|prezzo',
  ),
  'exchange|wechselkurs|umrechnung|cambio|change rate|steuer|reward|bonus|available|disponib|verfugbar',
);
const original = stem(
  word('original|orig|foreign|local|fx|source|counter|target|instructed|merchant|purchase'),
  'transaction currency|currency transaction|fremd|origin|ursprung|extranj|ester[ao]|devise|divisa|obce|puvodni|ulkom',
  'uden?lands|utlands|utenlands|операци|מקור|deviza|waluta oryg|valuta transak',
);
const foreign = stem('izvorn|original currency|foreign currency|fremdwahr');
/** A sum of which a fee is part, or is not. */
const besideFee = stem(
  word('(after|before|less|incl|including|excl|excluding|net of) (fees?|charges)'),
);
const fee = stem(
  word('fee|fees|charges'),
  'commission|gebuhr|entgelt|frais|comision|commission[ei]|kosten|avgift|gebyr|poplat|oplat|prowiz|עמל|комисс|手数料',
);
const balance = stem(
  word('balance|bal|sold|stan|stand|jaak|bakiye|sisa'),
  'balanc|saldo|solde|kontost|zustat|egyenl|likut|atlikum|остат|יתר|残高|余额|余額|差引|υπολοιπ|잔액|салдо|залишок|stanje|zostatok|คงเหลือ|so du',
);
const debit = stem(
  word(
    'debit|debits|dr|withdrawals?|paid out|money out|outflow|out|spent|expenses?|dare|debe|af|ut|uit|pago|borc',
  ),
  'debit|withdraw|soll|belast|lastschrift|ausgab|ausgang|abgang|debet|deebet|afschrijv|uitgav|cargo|egreso|gasto|retiro',
  'salida|adeudo|addebit|uscit|\\bsorties?\\b|depens|retrait|saida|obciaz|wydatk|vydaj|kiadas|terhel|cikan|cheltui|otto$',
  'utgift|uttag|расход|списан|дебет|חובה|出金|支払|引出|支出|χρεωσ|ถอน|debitat',
  'isplat|дебит|видат|출금|찾으신|引き?出し|odliv|odljev|valjamin|izmaks|duguje',
  word('breme|na teret|saidas?'),
);
const credit = stem(
  word(
    'credit|credits|cr|deposits?|paid in|money in|inflow|in|received|income|avere|haber|bij|inn|inn?satt|alacak',
  ),
  'credit|kre+dit|deposit|haben|gutschrift|eingang|einnahm|zugang|bijschrijv|ontvang|abono|ingreso|entrada|accredit|entrat',
  'recette|versement|uznan|wplyw|prijem|bevetel|jovair|giren|insattn|indsat|inntekt|inkomst|pano$|зачисл|приход',
  'кредит|זכות|入金|預入|預かり|收入|存入|πιστωσ|ฝาก|creditat|incasari',
  'uplat|입금|맡기신|priliv|priljev|potrazuje|sissetul|iemaks',
  word('dobro|u korist'),
);
const currency = stem(
  word(
    'currency|curr|ccy|cur|moneda|monnaie|munt|moeda|mena|pb?birimi|valuuta|valiuta|valuta|devise|divisa',
  ),
  'wahrung|waehrung|devizanem|walut|валют|מטבע|通貨|币种|幣別|νομισμα|valuutt',
);
const bankAccount = stem(
  word(
    'iban|account|acct|acc|bban|cuenta|compte|conto|konto|kontonr|conta|hesap|rekening|card number|card',
  ),
  'konto|rekening|kart[eay]|szamla|uctu|ucet|rachun|saskait|szla|tili|счет|счёт|карт|חשבון|口座|账号|帳號|λογαριασμ|บัญชี',
);
const party = stem(
  word(
    'name|payee|payer|partner|counterparty|merchant|beneficiary|recipient|sender|remitter|vendor|supplier|contact',
  ),
  word('naam|nom|nome|nombre|namn|navn|nimi|party|shop|store|client|customer'),
  'empfang|auftragg|zahlungs(pfl|empf|bet)|begunst|beguenst|gegenp|benefici|ordenant|ordinant|destinat|tegen|partij',
  'motpart|modtager|avsandar|mottagar|mottaker|saaja|maksaja|gavej|moketoj|saņem|protiuct|protistran|odbiorc|nadawc',
  'kontrahent|partner|kontra|alici|gonderen|назван|получат|контраг|плательщ|מוטב|בית עסק|摘要先|相手',
  'prejemnik|placnik|primatelj|platitelj|primalac|udelezen|받는분|보낸분|对方|對方|protistran',
);
const counter = stem(
  word(
    'counterparty|counter|partner|payee|payer|beneficiary|recipient|other|to|from|opposing|contra',
  ),
  'gegen|tegen|protiuct|empf|auftrag|beguns|beguens|zahlungs|contrepart|benefic|destin|kontra|partner|odbiorc|motpart',
  'modtager|mottag|saaja|корресп|контраг|получат',
);
const text = stem(
  word(
    'description|desc|details?|memo|narrat\\p{L}*|particulars?|reference|label|notes?|message|purpose|text|comments?',
  ),
  word(
    'remarks?|explanation|subject|information|info|item|popis|opis|tytul|tytulem|aciklama|selgitus|concept\\p{L}*',
  ),
  'descri|verwendung|vwz|beschreib|zweck|notiz|mitteil|bemerk|libell|motif|communic|remarq|detal|observ|causal',
  'dettag|omschrij|mededel|historic|tekst|beskriv|meddel|viesti|selite|kozlem|megjegyz|poznam|zprav|paskirt|detail',
  'sprava|назнач|описан|תיאור|תאור|פרטים|摘要|内容|適用|附言|备注|說明|περιγραφ|รายละเอียด|keterangan|dien giai|informacij',
  '적요|내용|메모|основани|商品|svrha',
  word('namen'),
);
const kind = stem(
  word('type|kind|tipo|soort|typ|tyyppi|laji|method|channel|tur'),
  'umsatzart|vorgang|transaktionsar|buchungsart|mutatiesoort|nature|tipus|rodzaj|turu|вид|тип|סוג|種類|区分|구분|종류|분류',
);
const reference = stem(
  word(
    'id|ref|reference|number|no|nr|num|check|cheque|chq|slip|receipt|voucher|folio|uid|fitid|utr',
  ),
  'referen|sklic|numer|nummer|numero|beleg|arkiv|arkistoin|viite|azonosit|אסמכתא|номер|番号|号码',
);
const status = stem(
  word('status|state|estado|statut|etat|stato|stav|tila|stan|durum|cleared|pending'),
  'zustand|allapot|статус|סטטוס|状態',
);
const pieces = stem(word('quantity|qty|ticker|isin|wkn|cusip'), 'stuckzahl|wertpapier|titulos');

/** What the words within a name say, the surest first; `name` in small letters without accents. */
export function meaningsByStems(name: string): readonly Meaning[] {
  const has = (pattern: RegExp) => pattern.test(name);
  if (has(pieces)) return ['quantity'];
  if (has(otherSum) && !has(date)) return [];
  if (has(date) && !has(balance)) {
    if (has(notItsDay)) return [];
    return [has(posted) ? 'bookingDate' : has(valued) ? 'valueDate' : 'date'];
  }
  if (has(fee) && !has(besideFee)) return ['fee'];
  if (has(balance) && !has(currency)) return ['balance'];
  const isOfAccount = has(bankAccount);
  const isForeign = has(foreign) && (has(debit) || has(credit));
  if (isForeign) return ['originalAmount'];
  const isSum = has(amount) || !(has(party) || has(reference) || has(text) || has(currency));
  if (has(debit) && has(credit)) return ['flag', 'amount'];
  if (isSum && has(debit) && !(isOfAccount && !has(amount))) return ['debit'];
  if (isSum && has(credit) && !(isOfAccount && !has(amount))) return ['credit'];
  if (has(amount)) return [has(original) && !isOfAccount ? 'originalAmount' : 'amount'];
  if (has(currency)) return [has(original) ? 'originalCurrency' : 'currency'];
  if (isOfAccount) return [has(counter) ? 'counterpartyAccount' : 'account'];
  if (has(status)) return ['status', 'text'];
  if (has(text)) return ['text'];
  if (has(party)) return ['counterparty'];
  if (has(reference)) return ['reference', 'text'];
  return has(kind) ? ['kind'] : [];
}

/** True for the name of a sum that is another one than the entry's: a tax, a price, a rate. */
export function isOtherSum(header: string): boolean {
  return otherSum.test(header.toLowerCase().replace(/[^\p{L}]+/gu, ' '));
}
