import type { CredentialField, Institution } from '../../../shared/bank.ts';

/** A bank or card company that israeli-bank-scrapers-core 6.7.4 reads, and what it does not say of it. */
export interface Company {
  /** As the package has it. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'bank' | 'card';
  /** The Bank of Israel's code of the bank. */
  readonly bankCode?: string;
  /** What the package wants to log in, without what it asks for in the middle of it. */
  readonly loginFields: readonly LoginField[];
  /** From how many days back on the package reads all that there is; it cuts what is older without a word. */
  readonly historyDays: number;
  /** Of the company itself: the pages on which a password is typed are on these and nowhere else. */
  readonly domains: readonly string[];
  /** It is read without a browser; where its service is logged in to. */
  readonly plain?: { readonly loginPaths: readonly string[] };
  /** Only cards that were used in the window are shown. */
  readonly showsUsedAlone?: true;
  /** How many days before the first one the package is told, for it leaves out months that it should read. */
  readonly startsEarlierDays?: number;
  /** Which of the package's two dates is the day of booking; absent: `date`. */
  readonly bookedOn?: 'processedDate';
  /** The zone in which the package reads `processedDate`; absent: Israel's. */
  readonly processedIn?: 'process';
}

/** The names of fields as the package has them. */
export type LoginField =
  | 'card6Digits'
  | 'email'
  | 'id'
  | 'nationalID'
  | 'num'
  | 'password'
  | 'phoneNumber'
  | 'userCode'
  | 'username';

/** Asked for while logging in, and no field of a form. */
export const askedLater: readonly string[] = ['otpCodeRetriever', 'otpLongTermToken'];

const withName = ['username', 'password'] as const;
const withId = ['id', 'password'] as const;
/** A year less a day or two, whichever months lie in it: what most of the package's readers cut at. */
const year = 363;
/** The banks of one group share their website's makers; those that were merged into it lead to its own. */
const fibi = 'fibi.co.il';

/**
 * `historyDays` is where the package's own code cuts, which its README tells wrong for some (Yahav: six months there,
 * three in the code; Leumi and Max: one year there, three and four in the code). It cuts nowhere for the First
 * International group and for Behatsdaa: there it is the year that the README has for one of them.
 */
export const companies: readonly Company[] = [
  {
    id: 'hapoalim',
    name: 'Bank Hapoalim (בנק הפועלים)',
    kind: 'bank',
    bankCode: '12',
    loginFields: ['userCode', 'password'],
    historyDays: year,
    domains: ['bankhapoalim.co.il'],
  },
  {
    id: 'leumi',
    name: 'Bank Leumi (בנק לאומי)',
    kind: 'bank',
    bankCode: '10',
    loginFields: withName,
    historyDays: 3 * 365 - 2,
    domains: ['leumi.co.il', 'bankleumi.co.il'],
  },
  {
    id: 'mizrahi',
    name: 'Mizrahi Tefahot (מזרחי טפחות)',
    kind: 'bank',
    bankCode: '20',
    loginFields: withName,
    historyDays: year,
    domains: ['mizrahi-tefahot.co.il'],
  },
  {
    id: 'discount',
    name: 'Discount Bank (בנק דיסקונט)',
    kind: 'bank',
    bankCode: '11',
    loginFields: ['id', 'password', 'num'],
    historyDays: year,
    domains: ['telebank.co.il', 'discountbank.co.il'],
  },
  {
    id: 'mercantile',
    name: 'Mercantile Discount Bank (בנק מרכנתיל)',
    kind: 'bank',
    bankCode: '17',
    loginFields: ['id', 'password', 'num'],
    historyDays: year,
    domains: ['telebank.co.il', 'mercantile.co.il'],
  },
  {
    id: 'otsarHahayal',
    name: 'Bank Otsar Hahayal (בנק אוצר החייל)',
    kind: 'bank',
    bankCode: '14',
    loginFields: withName,
    historyDays: year,
    domains: ['bankotsar.co.il', fibi],
  },
  {
    id: 'max',
    name: 'Max (מקס)',
    kind: 'card',
    loginFields: withName,
    historyDays: 4 * 365 - 2,
    domains: ['max.co.il'],
    showsUsedAlone: true,
  },
  {
    id: 'visaCal',
    name: 'Cal (כאל)',
    kind: 'card',
    loginFields: withName,
    historyDays: 500,
    domains: ['cal-online.co.il'],
    // It counts whole months from the first day, and so leaves out the month of that day.
    startsEarlierDays: 31,
    processedIn: 'process',
  },
  {
    id: 'isracard',
    name: 'Isracard (ישראכרט)',
    kind: 'card',
    loginFields: ['id', 'card6Digits', 'password'],
    historyDays: year,
    domains: ['isracard.co.il'],
    showsUsedAlone: true,
  },
  {
    id: 'amex',
    name: 'American Express Israel (אמריקן אקספרס)',
    kind: 'card',
    loginFields: ['id', 'card6Digits', 'password'],
    historyDays: year,
    domains: ['americanexpress.co.il'],
    showsUsedAlone: true,
  },
  {
    id: 'union',
    name: 'Union Bank (בנק אגוד)',
    kind: 'bank',
    bankCode: '13',
    loginFields: withName,
    historyDays: year,
    domains: ['unionbank.co.il'],
  },
  {
    id: 'beinleumi',
    name: 'First International Bank (הבנק הבינלאומי)',
    kind: 'bank',
    bankCode: '31',
    loginFields: withName,
    historyDays: year,
    domains: [fibi],
  },
  {
    id: 'massad',
    name: 'Bank Massad (בנק מסד)',
    kind: 'bank',
    bankCode: '46',
    loginFields: withName,
    historyDays: year,
    domains: ['bankmassad.co.il', fibi],
  },
  {
    id: 'yahav',
    name: 'Bank Yahav (בנק יהב)',
    kind: 'bank',
    bankCode: '04',
    loginFields: ['username', 'nationalID', 'password'],
    historyDays: 87,
    domains: ['yahav.co.il'],
  },
  {
    id: 'beyahadBishvilha',
    name: 'Beyahad Bishvilha (ביחד בשבילך)',
    kind: 'card',
    loginFields: withId,
    historyDays: year,
    domains: ['hist.org.il'],
  },
  {
    id: 'oneZero',
    name: 'One Zero (וואן זירו)',
    kind: 'bank',
    bankCode: '18',
    loginFields: ['email', 'password', 'phoneNumber'],
    historyDays: year,
    domains: ['tfd-bank.com'],
    plain: { loginPaths: ['/getIdToken', '/sessions/token'] },
    bookedOn: 'processedDate',
  },
  {
    id: 'behatsdaa',
    name: 'Behatsdaa (בהצדעה)',
    kind: 'card',
    loginFields: withId,
    historyDays: year,
    domains: ['behatsdaa.org.il'],
  },
  {
    id: 'pagi',
    name: 'Bank PAGI (בנק פאג"י)',
    kind: 'bank',
    bankCode: '52',
    loginFields: withName,
    historyDays: year,
    domains: ['pagi.co.il', fibi],
  },
];

/** Each as the banks print it above the field, and in English. */
const fieldOf: Readonly<Record<LoginField, CredentialField>> = {
  username: { name: 'username', label: 'שם משתמש · User name', kind: 'text' },
  userCode: { name: 'user-code', label: 'קוד משתמש · User code', kind: 'text' },
  id: { name: 'id', label: 'מספר זהות · ID number', kind: 'text' },
  nationalID: { name: 'national-id', label: 'מספר זהות · ID number', kind: 'text' },
  num: {
    name: 'num',
    label: 'קוד מזהה · Identification code',
    kind: 'text',
    hint: 'The code that the bank asks for beside your ID number and password.',
  },
  card6Digits: {
    name: 'card-6-digits',
    label: '6 ספרות אחרונות של הכרטיס · Last 6 digits of the card',
    kind: 'text',
  },
  email: { name: 'email', label: 'דואר אלקטרוני · E-mail', kind: 'text' },
  phoneNumber: {
    name: 'phone-number',
    label: 'טלפון נייד · Mobile phone',
    kind: 'text',
    hint: 'The bank sends its code there. Written as +972501234567.',
  },
  password: { name: 'password', label: 'סיסמה · Password', kind: 'password' },
};

export const connectorId = 'israel';

/** The company's part of its institution's id: `visaCal` is `visa-cal`. */
export function slugOf({ id }: Pick<Company, 'id'>): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function toInstitution(company: Company): Institution {
  const { name, bankCode, historyDays, loginFields } = company;
  return {
    id: `${connectorId}:${slugOf(company)}`,
    connector: connectorId,
    name,
    country: 'IL',
    ...(bankCode && { routingNumbers: [bankCode] }),
    wayIn: 'login',
    credentials: loginFields.map((field) => fieldOf[field]),
    historyDays,
  };
}

/** What the user filled in, by the package's names. */
export function toLogin(
  { loginFields }: Company,
  credentials: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    loginFields.map((field) => [field, credentials[fieldOf[field].name] ?? '']),
  );
}
