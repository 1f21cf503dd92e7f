import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';
import { type Money, parseMoney } from '../../../shared/money.ts';
import type { BankCustomer } from './bank-customer.ts';
import {
  type DayPlan,
  nextWorkday,
  type PlannedEntry,
  sampleStatement,
  weekdayOf,
} from './sample-statement.ts';

// Made up throughout; the IBANs are the ones that banks' own documentation gives as examples.

const holder = 'Clara Beispiel';
const currentIban = 'DE89370400440532013000';
const savingsIban = 'DE02120300000000202051';

/** Something that comes once a month, booked on the workday at or after its day (at most 26). */
interface Monthly {
  readonly day: number;
  /** Calendar months, from 1; absent: all. */
  readonly months?: readonly number[];
  readonly amount: string;
  readonly counterparty: string;
  readonly counterpartyAccount?: string;
  readonly text: string;
}

/** Card payments that come now and then. */
interface CardHabit {
  /** 0 is Monday. */
  readonly weekdays: readonly number[];
  readonly chance: number;
  /** Between these, in minor units. */
  readonly from: number;
  readonly to: number;
  readonly counterparty: string;
  readonly text: string;
  /** What a unit of the account's currency is in the one in which it was spent. */
  readonly rate?: { readonly currency: string; readonly perUnit: number };
}

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

/** Who banks at the Sandbox Bank when nobody else is brought along. */
export const sampleCustomers: readonly BankCustomer[] = [
  {
    login: 'clara',
    password: 'sandbox',
    name: holder,
    accounts: [
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
          euros('2450.00'),
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
        statement: sampleStatement('sav', euros('5200.00'), planOf('EUR', savingsMonthly, [])),
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
    ],
  },
];

function planOf(
  currency: string,
  monthly: readonly Monthly[],
  cards: readonly CardHabit[],
): DayPlan {
  return (day, random) => [
    ...monthly.filter((one) => isBookedOn(one, day)).map((one) => toTransfer(one, currency, day)),
    ...cards.flatMap((habit) => toCardPayments(habit, currency, day, random)),
  ];
}

function isBookedOn({ day: dayOfMonth, months }: Monthly, day: CalendarDate): boolean {
  const month = day.slice(0, 7);
  if (months && !months.includes(Number(month.slice(5)))) return false;
  return nextWorkday(addDays(`${month}-01`, dayOfMonth - 1)) === day;
}

function toTransfer(monthly: Monthly, currency: string, day: CalendarDate): PlannedEntry {
  const { amount, counterparty, counterpartyAccount, text } = monthly;
  return {
    kind: 'transfer',
    amount: parseMoney(amount, currency),
    counterparty,
    ...(counterpartyAccount && { counterpartyAccount }),
    text: `${text}\n${monthNames[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
  };
}

/** The chance is drawn on every day, so that one habit's days do not move another's. */
function toCardPayments(
  { weekdays, chance, from, to, counterparty, text, rate }: CardHabit,
  currency: string,
  day: CalendarDate,
  random: () => number,
): PlannedEntry[] {
  const happens = random() < chance && weekdays.includes(weekdayOf(day));
  const minor = -Math.round(from + random() * (to - from));
  if (!happens) return [];
  const original: Money | undefined = rate && {
    minor: Math.round(minor * rate.perUnit),
    currency: rate.currency,
  };
  const amount = { minor, currency };
  return [{ kind: 'card', amount, counterparty, text, ...(original && { original }) }];
}

function euros(amount: string): Money {
  return parseMoney(amount, 'EUR');
}

const monthNames = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];
