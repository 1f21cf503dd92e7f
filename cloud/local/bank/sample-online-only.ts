import { parseMoney } from '../../../shared/money.ts';
import type { BankAccountBook } from './bank-customer.ts';
import { type CardHabit, type Monthly, planOf } from './sample-plan.ts';
import { sampleStatement } from './sample-statement.ts';

const cardMonthly: readonly Monthly[] = [
  {
    day: 20,
    amount: '420.00',
    counterparty: 'Sandbox Bank',
    text: 'REPAYMENT BY DIRECT DEBIT',
  },
  { day: 6, amount: '-9.99', counterparty: 'Klangwelt Music', text: 'KLANGWELT FAMILY PLAN' },
];

const cardHabits: readonly CardHabit[] = [
  {
    weekdays: [0, 1, 2, 3, 4, 5],
    chance: 0.25,
    from: 900,
    to: 5_400,
    counterparty: 'Kaufhaus Sonnenhof',
    text: 'KAUFHAUS SONNENHOF MUSTERSTADT',
  },
  {
    weekdays: [4, 6],
    chance: 0.3,
    from: 2_500,
    to: 11_000,
    counterparty: 'Bahnreisen Direkt',
    text: 'BAHNREISEN DIREKT TICKET',
  },
  {
    weekdays: [2, 5],
    chance: 0.15,
    from: 1_200,
    to: 8_000,
    counterparty: 'Pixel & Paper',
    text: 'PIXEL AND PAPER PORTLAND OR',
    rate: { currency: 'USD', perUnit: 1.09 },
  },
];

const loanMonthly: readonly Monthly[] = [
  { day: 2, amount: '265.00', counterparty: 'Sandbox Bank', text: 'INSTALMENT CAR LOAN 7710' },
  {
    day: 25,
    months: [3, 6, 9, 12],
    amount: '-118.40',
    counterparty: 'Sandbox Bank',
    text: 'INTEREST CAR LOAN 7710',
  },
];

const depotMonthly: readonly Monthly[] = [
  { day: 4, amount: '200.00', counterparty: 'Savings plan', text: 'PAID IN FOR SAVINGS PLAN' },
  {
    day: 5,
    amount: '-199.20',
    counterparty: 'Weltindex Fonds',
    text: 'BUY WELTINDEX FONDS\nSAVINGS PLAN',
  },
  {
    day: 17,
    months: [2, 5, 8, 11],
    amount: '31.75',
    counterparty: 'Weltindex Fonds',
    text: 'DIVIDEND WELTINDEX FONDS',
  },
  {
    day: 12,
    months: [6],
    amount: '-25.00',
    counterparty: 'Sandbox Bank',
    text: 'CUSTODY FEE',
  },
];

/** A card, a loan and a depot: open banking is about payment accounts, and shows none of them. */
export function onlineOnlyAccountsOf(holder: string): readonly BankAccountBook[] {
  const shared = { holder, currency: 'EUR', onlineOnly: true } as const;
  return [
    {
      ...shared,
      key: 'card',
      maskedPan: '************8806',
      name: 'Credit Card',
      product: 'Karte Gold',
      type: 'card',
      statement: sampleStatement(
        'crd',
        parseMoney('-212.40', 'EUR'),
        planOf('EUR', cardMonthly, cardHabits),
      ),
    },
    {
      ...shared,
      key: 'loan',
      bban: '7710004182',
      name: 'Car Loan',
      type: 'loan',
      statement: sampleStatement(
        'loa',
        parseMoney('-11850.00', 'EUR'),
        planOf('EUR', loanMonthly, []),
      ),
    },
    {
      ...shared,
      key: 'depot',
      bban: '9050337120',
      name: 'Depot Cash',
      product: 'Depot Basis',
      type: 'investment',
      statement: sampleStatement(
        'dep',
        parseMoney('640.00', 'EUR'),
        planOf('EUR', depotMonthly, []),
      ),
    },
  ];
}
