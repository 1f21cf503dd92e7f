import { parseMoney } from '../../../shared/money.ts';
import type { BankAccountBook, BankCustomer } from './bank-customer.ts';
import { clara } from './sample-clara.ts';
import { type CardHabit, type Monthly, planOf } from './sample-plan.ts';
import { sampleStatement } from './sample-statement.ts';

const monthly: readonly Monthly[] = [
  { day: 1, amount: '-640.00', counterparty: 'Wohnbau Musterstadt', text: 'RENT' },
  { day: 7, amount: '-34.50', counterparty: 'Netzweit', text: 'INTERNET CONTRACT 60412' },
  { day: 25, amount: '1980.00', counterparty: 'Gartenbau Linde', text: 'WAGES' },
];

const habits: readonly CardHabit[] = [
  {
    weekdays: [0, 2, 5],
    chance: 0.7,
    from: 900,
    to: 4_800,
    counterparty: 'Frischmarkt Lindenplatz',
    text: 'CARD FRISCHMARKT 0318 LINDENPLATZ',
  },
];

/** Who banks at the Sandbox Bank when nobody else is brought along: one for each way to confirm. */
export const sampleCustomers: readonly BankCustomer[] = [
  clara,
  {
    login: 'david',
    password: 'sandbox',
    name: 'David Muster',
    methods: ['sms'],
    accounts: [currentAccount('david', 'David Muster', 'DE02500105170137075030')],
  },
  {
    login: 'amira',
    password: 'sandbox',
    name: 'Amira Probst',
    methods: ['app'],
    accounts: [currentAccount('amira', 'Amira Probst', 'DE02100500000054540402')],
  },
  {
    login: 'jonas',
    password: 'sandbox',
    name: 'Jonas Vorlage',
    methods: ['sms'],
    isAskedQuestion: true,
    accounts: [currentAccount('jonas', 'Jonas Vorlage', 'DE02300209000106531065')],
  },
];

function currentAccount(key: string, holder: string, iban: string): BankAccountBook {
  return {
    key,
    iban,
    name: 'Current Account',
    holder,
    currency: 'EUR',
    type: 'current',
    statement: sampleStatement(key, parseMoney('1310.00', 'EUR'), planOf('EUR', monthly, habits)),
  };
}
