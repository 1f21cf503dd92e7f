import { describe, expect, test } from '@jest/globals';
import {
  type Concept,
  conceptsOf,
  conceptsOfName,
} from '../../../../cloud/learner/words/known-words.ts';
import { firms } from '../../../../cloud/learner/words/known-words-firms.ts';
import { homeWords } from '../../../../cloud/learner/words/known-words-home.ts';
import { livingWords } from '../../../../cloud/learner/words/known-words-living.ts';
import { moneyWords } from '../../../../cloud/learner/words/known-words-money.ts';
import { accountGroups, accountWords } from '../../../../cloud/learner/words/known-words-names.ts';
import { shops } from '../../../../cloud/learner/words/known-words-shops.ts';

// Made-up bank lines of many countries.
const bankLines: readonly (readonly [Concept, ...string[]])[] = [
  ['groceries', 'POS DEBIT 2973 LIDL 05867 AUSTIN', "TRADER JOE'S #552 QPS", 'TRADER JOE S 117'],
  [
    'groceries',
    'REWE SAGT DANKE. 42//Musterstadt/DE',
    'CB CARREFOUR MARKET 12/03',
    'COMPRA MERCADONA',
  ],
  [
    'groceries',
    'PENNY MARKT 33',
    'Albert Heijn 1411',
    'ZABKA Z1234 K.1',
    'ПЯТЕРОЧКА 5501',
    'שופרסל דיל',
  ],
  [
    'groceries',
    'WHOLEFDS MKT 10234',
    'セブンイレブン',
    '이마트 성수점',
    '永辉超市',
    'ICA SUPERMARKET TORGET',
  ],
  [
    'cafe',
    'STARBUCKS STORE 09921',
    'Bäckerei Muster',
    'BAECKEREI MUSTER',
    'SUMUP *CAFE ROMA',
    'Boulangerie du Pont',
  ],
  [
    'restaurant',
    'MCDONALD S F1234',
    "McDonald's 88",
    'TST* THE DINER',
    'Trattoria Esempio',
    'Ristorante Da Capo',
  ],
  [
    'restaurant',
    'Stadtrestaurant Muster',
    'מסעדה לדוגמה',
    'スシロー レストラン',
    'RESTAURACJA WZOR',
  ],
  ['takeaway', 'UBER   EATS HELP.UBER.COM', 'UBEREATS', 'DD DOORDASH', 'Lieferando.de', 'תן ביס'],
  ['clothing', 'H&M 0123 OSLO', 'ZARA 4411', 'C & A MODE', 'ZALANDO SE', 'TK MAXX 221'],
  ['shopping', 'AMZN Mktp US*2K4', 'AMAZON.DE MARKETPLACE', 'EBAY O*11-22', 'PAYPAL *INST XFER'],
  ['electronics', 'MEDIA MARKT 771', 'BEST BUY 00011', 'FNAC PARIS', 'エディオン 家電'],
  [
    'home-improvement',
    'THE HOME DEPOT #44',
    "LOWE'S #02",
    'LOWES #02',
    'LEROY MERLIN',
    'Raiffeisen Baumarkt',
  ],
  ['furniture', 'IKEA DEUTSCHLAND', 'Möbelhaus Muster', 'MOEBELHAUS MUSTER', 'Muebles Ejemplo'],
  ['drugstore', 'DM-DROGERIE MARKT', 'ROSSMANN 3321', 'סופר-פארם', '올리브영'],
  [
    'pharmacy',
    'CVS/PHARMACY #0',
    'Löwen-Apotheke',
    'LOEWENAPOTHEKE',
    'FARMACIA LOPEZ',
    'PHARMACIE DU CENTRE',
  ],
  [
    'health',
    'Zahnarztpraxis Dr. Muster',
    'KAISER PERMANENTE',
    'CABINET MEDECIN',
    'Klinikum Muster',
  ],
  ['beauty', 'SEPHORA 19', 'Friseur Schnitt', 'PELUQUERIA ANA', 'Salon Coiffure'],
  [
    'fuel',
    'SHELL OIL 5742',
    'ARAL STATION 11',
    'TOTAL ACCESS 3',
    'ESSO',
    'АЗС 12 ЛУКОЙЛ',
    'GS칼텍스 주유',
    'STACJA PALIW',
  ],
  ['public-transport', 'TFL TRAVEL CH', 'RATP', 'MTA*NYCT PAYGO', 'BVG APP', 'רב קו'],
  ['taxi', 'UBER *TRIP', 'LYFT *RIDE SUN', 'Taxizentrale Muster', 'ЯНДЕКС.ТАКСИ'],
  ['train', 'DB Vertrieb GmbH', 'SNCF INTERNET', 'TRENITALIA', 'AMTRAK 99'],
  ['flight', 'RYANAIR 22XYZ', 'LUFTHANSA', 'DELTA AIR 006', 'EASYJET'],
  [
    'travel',
    'BOOKING.COM',
    'AIRBNB * HM',
    'Hotel Beispiel',
    'Strandhotel Muster',
    'HOTEL EJEMPLO SA',
  ],
  ['parking', 'APCOA PARKING', 'Parkhaus Mitte', 'PEAGE VINCI AUTOROUTES', 'E-ZPASS NY'],
  ['car-repair', 'JIFFY LUBE', 'KFZ-Werkstatt Muster', 'NORAUTO', 'CAR WASH'],
  ['car-rental', 'SIXT', 'ENTERPRISE RENT-A-CAR', 'EUROPCAR'],
  [
    'rent',
    'SEPA-Lastschrift Miete 01/2021',
    'LOYER MAI',
    'Kaltmiete Whg 3',
    'HUUR MEI',
    'CZYNSZ',
    'ALQUILER PISO',
  ],
  ['mortgage', 'MORTGAGE PAYMENT', 'ECHEANCE PRET IMMOBILIER', 'ипотека', 'משכנתא'],
  [
    'electricity',
    'PRLV SEPA EDF',
    'Stadtwerke Musterstadt Abschlag',
    'ENEL ENERGIA',
    'IBERDROLA',
    'ﾃﾞﾝｷﾀﾞｲ 電気',
    'E.ON',
  ],
  ['heating', 'Fernwärme Abschlag', 'GAS BILL'],
  ['water', 'THAMES WATER', 'WATER & SEWER', 'Wasserwerke Muster', 'VEOLIA EAU', 'מים'],
  ['waste', 'Abfallgebühren', 'WASTE MANAGEMENT', 'TARI 2021'],
  ['internet', 'COMCAST CABLE', '1&1 Telecom', 'VIRGIN MEDIA'],
  [
    'mobile',
    'T-MOBILE PCS',
    'VODAFONE',
    'O2 UK',
    'AT&T*BILL',
    'PRLV ORANGE SA',
    'СВЯЗЬ МТС',
    'ドコモ',
  ],
  ['streaming', 'PAYPAL *SPOTIFY', 'NETFLIX.COM', 'Disney Plus', 'RUNDFUNK ARD, ZDF, DRADIO'],
  ['software', 'GITHUB', 'ADOBE *CREATIVE', 'GOOGLE *CLOUD', 'MSFT * E01'],
  [
    'insurance',
    'ALLIANZ',
    'Hausratversicherung',
    'ASSURANCE HABITATION',
    'STATE FARM',
    'verzekeringen',
  ],
  ['health-insurance', 'AOK Beitrag', 'MUTUELLE', 'BLUE CROSS', 'Krankenkasse'],
  ['car-insurance', 'GEICO *AUTO', 'KFZ-Versicherung HUK', 'SEGURO COCHE'],
  [
    'bank-fees',
    'Kontoführungsgebühr',
    'FRAIS BANCAIRES',
    'MONTHLY SERVICE CHARGE',
    'Aktengebühr',
    'COMISIONES',
    'עמלה',
  ],
  ['interest', 'INTEREST PAID', 'Habenzinsen', 'INTERETS', 'odsetki', 'ריבית'],
  ['loan', 'AUTO LOAN', 'Ratenkredit', 'CETELEM', 'הלוואה'],
  ['tax', 'IRS USATAXPYMT', 'FINANZAMT MUSTERSTADT', 'DGFIP IMPOT', 'HMRC', 'Kfz-Steuer', 'ארנונה'],
  ['vat', 'Umsatzsteuervorauszahlung', 'TVA', 'VAT'],
  ['social-security', 'URSSAF', 'Deutsche Rentenversicherung', 'INPS', 'ביטוח לאומי'],
  [
    'salary',
    'ACME PAYROLL',
    'LOHN/GEHALT LIDL',
    'VIR SALAIRE',
    'NOMINA',
    'משכורת',
    '급여',
    '工资',
    'ЗАРПЛАТА',
  ],
  ['pension', 'Altersrente', 'CARSAT RETRAITE', '年金'],
  ['benefits', 'Familienkasse', 'POLE EMPLOI', 'CHILD BENEFIT'],
  ['cash', 'ATM WITHDRAWAL CARREFOUR', 'GELDAUTOMAT', 'RETRAIT DAB', 'CAJERO', 'כספומט'],
  ['dividends', 'DIVIDEND SHELL', 'Dividende Allianz'],
  ['investment', 'VANGUARD BUY', 'TRADE REPUBLIC', 'COINBASE', 'Aktienfonds Muster'],
  ['sports', 'PLANET FITNESS', 'Sportverein Muster e.V.', 'BASIC-FIT', 'DECATHLON'],
  ['entertainment', 'AMC THEATRES', 'Kino', 'TICKETMASTER', 'CINEMA PARADISO'],
  ['books', 'WATERSTONES', 'Buchhandlung Muster', 'KINDLE SVCS'],
  ['games', 'STEAMPOWERED', 'PLAYSTATION NETWORK', 'NINTENDO'],
  ['pets', 'PETSMART', 'Tierarzt Muster', 'FRESSNAPF'],
  ['children', 'KITA Elternbeitrag', 'CRECHE', 'KINDERGARTEN'],
  ['donations', 'UNICEF', 'Spende', 'RED CROSS', 'תרומה'],
  ['postage', 'USPS PO', 'DHL', 'LA POSTE', 'דואר ישראל'],
  ['sales', 'STRIPE TRANSFER', 'SumUp Payments'],
  ['advertising', 'FACEBK *ADS', 'GOOGLE *ADS'],
  ['accounting', 'Steuerberater Muster', 'EXPERT COMPTABLE'],
  ['refund', 'REFUND', 'Rückerstattung', 'REMBOURSEMENT', 'החזר'],
];

const namesNothing = [
  '',
  '   ',
  '0022313 / 4711-88',
  'Maria Rossi',
  'John A. Smith',
  'Anna Müller',
  'Kerstin Lindström',
  'Pilar Lorente',
  'Eva Buchner',
  'Conto corrente 12',
  'Buchungstext 88',
  'Jan de Bakker',
  'Beispiel Holding SpA',
  'SEPA-Gutschrift Rechnung 12',
  'CARD PAYMENT TO 4711 ON 03 MAY',
  'PAIEMENT CARTE 0305 MODE 2',
  'Robert Lowe',
  'Hans Penny',
  'Douglas Hill',
  'Elisa Martin',
  'Überweisung über 300,00 EUR',
  'UEBERWEISUNG UEBER 20 EUR',
  'u\u0308ber 20 EUR',
  'SEPA-Überweisung an Peter Beispiel',
  'VIR SEPA M DUPONT REF 8812',
  'DE02120300000000202051',
  'KUNDENNR 123 MANDAT 9981',
  'NUMERO CLIENT 8812',
  'Иванов Иван Иванович',
  'ישראל ישראלי',
  '山田太郎',
  'EREF+ABC123 MREF+X',
  'Zara\u0301te',
  'shelling',
];

const accountNames: readonly (readonly [string, ...Concept[]])[] = [
  ['Expenses:Food:Groceries', 'groceries'],
  ['Expenses:Food', 'groceries', 'restaurant', 'takeaway'],
  ['Expenses:Food:Misc', 'groceries', 'restaurant', 'takeaway'],
  ['Expenses:Rent:Parking', 'parking', 'rent'],
  ['Expenses:Car:Insurance', 'car-insurance', 'insurance'],
  ['Expenses:Auto:Gas', 'fuel'],
  ['Ausgaben:Lebensmittel', 'groceries'],
  ['Dépenses:Alimentation', 'groceries'],
  ['הוצאות:מזון', 'groceries', 'restaurant', 'takeaway'],
  ['Gastos:Alquiler', 'rent'],
  ['Despesas:Ferramentas', 'equipment'],
  ['Ausgaben:Warenhaus', 'shopping'],
  ['Aufwand:Warenverbrauch', 'materials'],
  ['Uitgaven:Mobiel', 'mobile', 'internet'],
  ['収入:家賃収入', 'rental-income', 'rent'],
  ['Uitgaven:Huur', 'rent'],
  ['641100 Salaires', 'salary', 'wages'],
  ['4400 Umsatzerlöse', 'sales', 'customers'],
  ['Expenses:Bank:Fees', 'bank-fees'],
  ['Income:Rental income', 'rental-income', 'rent'],
  ['Assets:Accounts Receivable', 'customers', 'sales'],
  ['6:61:613', 'rent'],
  ['606100', 'electricity', 'water', 'heating'],
  ['512', 'transfer'],
  ['4930', 'office'],
  ['6310', 'rent', 'tax'],
  ['642', 'social-security', 'wages'],
  ['Expenses:Xyzzy'],
];

const lists = [shops, firms, livingWords, homeWords, moneyWords];

function wordsIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim().replace(/^[a-z]{2,3}: */, ''))
    .filter(Boolean);
}

describe('known words', () => {
  test.each(bankLines)('name %s in what banks write', (concept, ...texts) => {
    const read = texts.map((text) => `${text}: ${conceptsOf(text)[0]}`);
    expect(read).toEqual(texts.map((text) => `${text}: ${concept}`));
  });

  test.each(namesNothing)('are not seen in "%s"', (text) => {
    expect(conceptsOf(text)).toEqual([]);
  });

  test.each(accountNames)('tell what the book account %s is for', (name, ...concepts) => {
    expect(conceptsOfName(name)).toEqual(concepts);
  });

  test('put the merchant before what it says beside it, and wages before the employer', () => {
    expect(conceptsOf('Amazon refund')).toEqual(['shopping', 'refund']);
    expect(conceptsOf('refund Amazon')).toEqual(['shopping', 'refund']);
    expect(conceptsOf('LOHN/GEHALT LIDL')).toEqual(['salary', 'wages', 'groceries']);
    expect(conceptsOf('PAYPAL *LIDL 12')).toEqual(['groceries', 'shopping']);
    expect(conceptsOf('hotel insurance')).toEqual(['travel', 'insurance']);
    expect(conceptsOf('hotel, car insurance')).toEqual(['car-insurance', 'insurance', 'travel']);
    expect(conceptsOf('hotel taxi pizza cinema')).toEqual(['travel', 'taxi', 'restaurant']);
  });

  test('are the same in capitals, without accents, and as banks spell umlauts', () => {
    for (const text of ['Bäckerei', 'BAECKEREI', 'Backerei', 'bäckerei', 'Ba\u0308ckerei']) {
      expect(conceptsOf(text)).toEqual(['cafe']);
    }
    expect(conceptsOf('Ｎｅｔｆｌｉｘ')).toEqual(['streaming']);
    expect(conceptsOf('الكهرباء')).toEqual(['electricity']);
    expect(conceptsOf('ΕΝΟΙΚΙΟ')).toEqual(['rent']);
    expect(conceptsOf('Μισθός')).toEqual(['salary', 'wages']);
    expect(conceptsOf('Bußgeld')).toEqual(['fines']);
  });

  test('are all found as they are listed', () => {
    const lost = lists.flat().flatMap(([concepts, text]) =>
      wordsIn(text).filter((word) => {
        const named = conceptsOf(word.replace(/[*!?]/g, ''));
        return named.length < 3 && !concepts.every((concept) => named.includes(concept));
      }),
    );
    expect(lost).toEqual([]);
  });

  test('are small enough for a function and fast enough for every row of a book', () => {
    const all = [...lists, accountWords, accountGroups].flat();
    const bytes = all.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(60_000);
    const texts = bankLines.flatMap(([, ...lines]) => lines);
    const start = performance.now();
    for (let round = 0; round < 10; round += 1) for (const text of texts) conceptsOf(text);
    const microseconds = ((performance.now() - start) * 1000) / (texts.length * 10);
    // Usually 3; the limit is for a machine at work.
    expect(microseconds).toBeLessThan(200);
  });
});
