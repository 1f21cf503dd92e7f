import type { Scenario } from './format.ts';
import { parseScenario } from './read-scenarios.ts';

/** A scenario as it stands in a file: every part of the format, and nothing that goes wrong. */
export const sample = {
  name: 'sample',
  about: 'A coffee and a salary, of which the user has posted one.',
  sources: ['made up'],
  wayIn: 'psd2',
  traits: { historyDays: 90 },
  accounts: [
    {
      key: 'giro',
      iban: 'DE89370400440532013000',
      name: 'Girokonto',
      holder: 'Erika Muster',
      currency: 'EUR',
      type: 'current',
    },
  ],
  map: [{ account: 'giro', bookAccount: 'Assets:Checking', from: '2026-01-01' }],
  bookAccounts: [{ name: 'Expenses:Coffee', type: 'expense' }],
  steps: [
    {
      at: '2026-03-02T08:00:00Z',
      bank: {
        giro: {
          entries: [
            {
              ref: 'E1',
              status: 'booked',
              bookingDate: '2026-03-01',
              valueDate: '2026-03-01',
              amount: '-4.50',
              counterparty: 'Cafe Rot',
              text: 'CARD 1234 COFFEE',
            },
            {
              ref: 'E2',
              status: 'booked',
              bookingDate: '2026-03-02',
              valueDate: '2026-03-02',
              amount: '1900.00',
              counterparty: 'Werk AG',
              text: 'SALARY',
            },
          ],
          balance: { booked: '2000.00' },
        },
      },
    },
    {
      at: '2026-03-02T08:05:00Z',
      sync: 'manual',
      expect: { outcome: 'complete', newRows: 2 },
    },
    {
      at: '2026-03-02T09:00:00Z',
      user: { edit: { amount: '-4.50' }, set: { counterAccount: 'Expenses:Coffee', posted: true } },
    },
    {
      at: '2026-03-02T12:00:00Z',
      sync: 'manual',
      expect: { outcome: ['complete'], newRows: 0 },
    },
  ],
  expect: {
    rows: [
      {
        account: 'Assets:Checking',
        date: '2026-03-01',
        amount: '-4.50',
        textHas: 'COFFEE',
        counterAccount: 'Expenses:Coffee',
        posted: true,
      },
      { account: 'Assets:Checking', amount: '1900.00', textHas: 'SALARY' },
    ],
    proof: { giro: 'ties' },
    calls: { giro: { entries: { max: 2 } } },
    state: 'connected',
    emails: 0,
    writes: { max: 0 },
  },
};

/** The sample with something else at a place, as `expect.rows.0.amount`; undefined takes it away. */
export function sampleWith(changes: Readonly<Record<string, unknown>>): unknown {
  const scenario: unknown = structuredClone(sample);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const parent = parts.reduce((it, part) => it[part] as Tree, scenario as Tree);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return scenario;
}

interface Tree {
  [part: string]: unknown;
}

/** What is wrong with a file that is called sample.json. */
export function problemsOf(scenario: unknown): readonly string[] {
  const read = parseScenario(JSON.stringify(scenario), 'sample.json');
  return 'problems' in read ? read.problems : [];
}

/** A scenario that must be readable. */
export function read(scenario: unknown): Scenario {
  const parsed = parseScenario(JSON.stringify(scenario), 'sample.json');
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'));
  return parsed.scenario;
}
