import { parseMoney } from '../../../shared/money.ts';
import type { BankAccountBook, BankCustomer } from './bank-customer.ts';
import { onlineOnlyAccountsOf } from './sample-online-only.ts';
import { type CardHabit, type Monthly, planOf } from './sample-plan.ts';
import { sampleStatement } from './sample-statement.ts';

// Made up throughout; the IBANs are the ones that banks' own documentation gives as examples.

const holder = 'Clara Beispiel';
const currentIban = 'DE89370400440532013000';
const savingsIban = 'DE02120300000000202051';

const currentMonthly: readonly Monthly[] = [
  { day: 1, amount: '-980.00', counterparty: 'Hausverwaltung Lindenhof', text: 'RENT FLAT 12' },
  {
    day: 3,
    amount: '-84.00',
    counterparty: 'Stadtwerke Musterstadt',
    text: 'ELECTRICITY CUSTOMER 20417',
  },
  {
    day: 5,
    months: [1, 4, 7, 10],
    amount: '-119.70',
    counterparty: 'Nordstern Insurance',
    text: 'HOUSEHOLD INSURANCE POLICY 88-1204',
  },
  { day: 8, amount: '-19.99', counterparty: 'Funknetz Mobil', text: 'MOBILE PHONE CONTRACT 5511' },
  { day: 10, amount: '-12.99', counterparty: 'Lichtspiel Stream', text: 'SUBSCRIPTION STANDARD' },
  { day: 15, amount: '-29.90', counterparty: 'Sportstudio Kern', text: 'MEMBERSHIP 3307' },
  { day: 24, amount: '2690.00', counterparty: 'Brightwater Design GmbH', text: 'SALARY' },
  {
    day: 26,
    amount: '-300.00',
    counterparty: holder,
    counterpartyAccount: savingsIban,
    text: 'TRANSFER TO SAVINGS',
  },
];

const weekdays = [0, 1, 2, 3, 4];
const currentCards: readonly CardHabit[] = [
  {
    weekdays,
    chance: 0.5,
    from: 280,
    to: 640,
    counterparty: 'Cafe Morgenrot',
    text: 'CARD 4471 CAFE MORGENROT',
  },
  {
    weekdays: [1, 4],
    chance: 0.9,
    from: 1_800,
    to: 5_900,
    counterparty: 'Frischmarkt Lindenplatz',
    text: 'CARD 4471 FRISCHMARKT 0318 LINDENPLATZ',
  },
  {
    weekdays: [5],
    chance: 0.85,
    from: 3_200,
    to: 9_800,
    counterparty: 'Grossmarkt West',
    text: 'CARD 4471 GROSSMARKT WEST',
  },
  {
    weekdays: [2],
    chance: 0.35,
    from: 600,
    to: 3_400,
    counterparty: 'Drogerie Blum',
    text: 'CARD 4471 DROGERIE BLUM FIL 7',
  },
  {
    weekdays: [4, 5],
    chance: 0.4,
    from: 1_900,
    to: 6_400,
    counterparty: 'Trattoria Aurora',
    text: 'CARD 4471 TRATTORIA AURORA',
  },
  {
    weekdays: [0, 3],
    chance: 0.25,
    from: 3_800,
    to: 7_200,
    counterparty: 'Tankstelle Suedring',
    text: 'CARD 4471 TANKSTELLE SUEDRING PUMP 4',
  },
  {
    weekdays: [5],
    chance: 0.2,
    from: 900,
    to: 4_200,
    counterparty: 'Buchhandlung am Tor',
    text: 'CARD 4471 BUCHHANDLUNG AM TOR',
  },
  {
    weekdays: [6],
    chance: 0.15,
    from: 1_500,
    to: 8_900,
    counterparty: 'Versandhaus Nova',
    text: 'CARD 4471 NOVA ORDER',
  },
];

const savingsMonthly: readonly Monthly[] = [
  {
    day: 26,
    amount: '300.00',
    counterparty: holder,
    counterpartyAccount: currentIban,
    text: 'TRANSFER TO SAVINGS',
  },
  {
    day: 25,
    months: [3, 6, 9, 12],
    amount: '14.35',
    counterparty: 'Sandbox Bank',
    text: 'INTEREST',
  },
];

const dollarMonthly: readonly Monthly[] = [
  { day: 4, amount: '-12.00', counterparty: 'Cloudbox Inc', text: 'CLOUDBOX MONTHLY PLAN' },
  { day: 12, amount: '850.00', counterparty: 'Harbor & Pine LLC', text: 'INVOICE ILLUSTRATIONS' },
  { day: 18, amount: '-29.00', counterparty: 'Fontworks', text: 'FONTWORKS TEAM LICENSE' },
];
const dollarCards: readonly CardHabit[] = [
  {
    weekdays: [0, 2, 4],
    chance: 0.3,
    from: 700,
    to: 9_500,
    counterparty: 'Harbor Books',
    text: 'CARD 7731 HARBOR BOOKS BOSTON MA',
  },
  {
    weekdays: [6],
    chance: 0.25,
    from: 1_100,
    to: 6_000,
    counterparty: 'Galerie Lumen',
    text: 'CARD 7731 GALERIE LUMEN PARIS',
    rate: { currency: 'EUR', perUnit: 0.92 },
  },
];

const inOpenBanking: readonly BankAccountBook[] = [
  {
    key: 'current',
    iban: currentIban,
    name: 'Current Account',
    holder,
    currency: 'EUR',
    type: 'current',
    product: 'Konto Plus',
    statement: sampleStatement(
      'cur',
      parseMoney('2450.00', 'EUR'),
      planOf('EUR', currentMonthly, currentCards),
    ),
  },
  {
    key: 'savings',
    iban: savingsIban,
    name: 'Savings',
    holder,
    currency: 'EUR',
    type: 'savings',
    statement: sampleStatement(
      'sav',
      parseMoney('5200.00', 'EUR'),
      planOf('EUR', savingsMonthly, []),
    ),
  },
  {
    key: 'dollars',
    bban: '4800127731',
    name: 'Dollar Account',
    holder,
    currency: 'USD',
    type: 'current',
    statement: sampleStatement(
      'usd',
      parseMoney('1500.00', 'USD'),
      planOf('USD', dollarMonthly, dollarCards),
    ),
  },
];

/** Has accounts of every kind, and every method to confirm. */
export const clara: BankCustomer = {
  login: 'clara',
  password: 'sandbox',
  name: holder,
  methods: ['sms', 'photo', 'app'],
  accounts: [...inOpenBanking, ...onlineOnlyAccountsOf(holder)],
};
