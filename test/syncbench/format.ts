import { z } from 'zod';
import { isCalendarDate } from '../../shared/calendar-date.ts';

/** The whole format of a scenario, as ../shared/syncbench/FORMAT.md has it; what is not in it is refused. */

const text = z.string().min(1);
/** Names an account inside the file only. */
const key = z.string().min(1).max(100);
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'decimal text, as -12.50');
const currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, as EUR');
const day = z.string().refine(isCalendarDate, 'a day as 2026-03-01');
/** Becomes an Instant of ours, with milliseconds, so that instants compare as text. */
const instant = z.iso
  .datetime({ error: 'an instant in UTC, as 2026-03-01T08:00:00Z' })
  .transform((written) => new Date(written).toISOString());
const count = z.int().min(0);
const money = z.strictObject({ amount: decimal, currency });

/** Columns of the Transactions tab by their meaning. */
const columnNames = [
  'date',
  'description',
  'amount',
  'account',
  'counterAccount',
  'posted',
  'notes',
] as const;
const column = z.enum(columnNames);

const account = z
  .strictObject({
    key,
    iban: text.optional(),
    mask: text.optional(),
    name: text,
    holder: z.string(),
    currency,
    type: z.enum(['current', 'savings', 'card', 'loan', 'investment']),
  })
  .refine(({ iban, mask }) => iban !== undefined || mask !== undefined, {
    error: 'iban, or mask where there is none',
    path: ['iban'],
  });

const traits = z.strictObject({
  entryReference: z.enum(['stable', 'none', 'reissued', 'perSession']).optional(),
  pending: z.boolean().optional(),
  balanceAfter: z.boolean().optional(),
  historyDays: z.int().min(1).optional(),
  historyDaysAfterConfirmation: z.int().min(1).optional(),
  unattendedPerDay: count.optional(),
  consentDays: z.int().min(1).optional(),
  pageSize: z.int().min(1).optional(),
  minimalDates: z.enum(['booking', 'value', 'none']).optional(),
});

const mapping = z.strictObject({ account: key, bookAccount: text, from: day });

const bookAccount = z.strictObject({
  name: text,
  type: z.enum(['asset', 'liability', 'income', 'expense', 'equity']),
});

const entry = z.strictObject({
  ref: text.nullable(),
  status: z.enum(['booked', 'pending']),
  bookingDate: day.optional(),
  valueDate: day.optional(),
  amount: decimal,
  currency: currency.optional(),
  counterparty: z.string(),
  text: z.string(),
  balanceAfter: decimal.optional(),
  original: money.optional(),
});

const answer = z.strictObject({
  entries: z.array(entry).optional(),
  balance: z.strictObject({ booked: decimal.optional(), available: decimal.optional() }).optional(),
});

const failure = z.enum([
  'rate-limited',
  'bank-unavailable',
  'timeout',
  'consent-expired',
  'consent-revoked',
  'login-rejected',
  'account-locked',
  'needs-confirmation',
  'period-not-available',
  'reply-unreadable',
  'account-gone',
]);

const bankFailure = z
  .strictObject({
    call: z.enum(['accounts', 'balances', 'entries', 'any']),
    account: key.optional(),
    with: failure,
    times: z.int().min(1).optional(),
    until: instant.optional(),
    afterPage: z.int().min(1).optional(),
    retryAfterSeconds: count.optional(),
    earliest: day.optional(),
  })
  .refine(({ times, until }) => times === undefined || until === undefined, {
    error: 'times, or until in its place',
    path: ['until'],
  });

const outcome = z.enum(['complete', 'partial', 'limited', 'needs-user', 'failed', 'skipped']);

const syncExpectation = z.strictObject({
  outcome: z.union([outcome.transform((one) => [one]), z.array(outcome).min(1)], {
    error: `one of ${outcome.options.join(', ')}, or a list of them`,
  }),
  newRows: count.optional(),
  failure: failure.optional(),
});

const fault = z.strictObject({
  on: z.enum(['sheet-read', 'sheet-write', 'store-write']),
  nth: z.int().min(1),
  effect: z.enum(['refused', 'done-but-answer-lost', 'crash-before', 'crash-after']),
});

const row = z.strictObject({
  amount: decimal,
  date: day.optional(),
  textHas: text.optional(),
  nth: z.int().min(1).optional(),
});

const values = z
  .strictObject({
    date: day,
    description: z.string(),
    amount: decimal,
    account: z.string(),
    counterAccount: z.string(),
    posted: z.boolean(),
    notes: z.string(),
  })
  .partial()
  .refine((them) => Object.keys(them).length > 0, 'at least one value');

const action = byKey({
  edit: z.strictObject({ edit: row, set: values }),
  delete: z.strictObject({ delete: row }),
  sortBy: z.strictObject({ sortBy: column }),
  insertEmptyRowAt: z.strictObject({ insertEmptyRowAt: z.int().min(2) }),
  moveColumn: z.strictObject({ moveColumn: column, to: z.int().min(1) }),
  renameColumn: z.strictObject({ renameColumn: column, to: text }),
  hideColumn: z.strictObject({ hideColumn: column }),
  filterBy: z.strictObject({ filterBy: values }),
  copyRow: z.strictObject({ copyRow: row }),
  addRow: z.strictObject({ addRow: values }),
  renameTab: z.strictObject({ renameTab: text }),
});

const at = instant;
const step = byKey({
  bank: z.strictObject({
    at,
    bank: z.record(key, answer),
    newAccounts: z.array(account).optional(),
    closed: z.array(key).optional(),
  }),
  bankFails: z.strictObject({ at, bankFails: bankFailure }),
  sync: z.strictObject({
    at,
    sync: z.enum(['scheduled', 'manual', 'historical']),
    expect: syncExpectation.optional(),
    confirm: text.nullable().optional(),
  }),
  faults: z.strictObject({ at, faults: z.array(fault).min(1) }),
  user: z.strictObject({ at, user: action }),
  reconnect: z.strictObject({
    at,
    reconnect: z.strictObject({ accountIds: z.enum(['same', 'new']) }),
  }),
  resync: z.strictObject({ at, resync: z.literal(true), mapNew: z.array(mapping).optional() }),
  import: z.strictObject({
    at,
    import: z.strictObject({
      account: key,
      format: z.enum(['csv', 'ofx', 'qif', 'camt', 'mt940', 'n43']),
      content: z.string(),
      /** Ours: the book account that the file fills, where no bank account is linked. */
      into: text.optional(),
    }),
  }),
  undo: z.strictObject({ at, undo: z.enum(['last-sync', 'last-import']) }),
  unsync: z.strictObject({ at, unsync: z.literal(true) }),
});

const expectedRow = z
  .strictObject({
    account: text,
    date: day.optional(),
    amount: decimal.optional(),
    textHas: text.optional(),
    counterAccount: z.string().optional(),
    posted: z.boolean().optional(),
    notes: z.string().optional(),
    pending: z.boolean().optional(),
    original: money.optional(),
    times: z.int().min(1).default(1),
  })
  .refine((it) => it.amount !== undefined || it.textHas !== undefined, {
    error: 'amount or textHas must be named',
    path: ['amount'],
  });

const expectedProof = z.union(
  [z.enum(['ties', 'unknown']), z.strictObject({ offBy: decimal, firstBadDay: day.optional() })],
  { error: 'ties, unknown, or {offBy, firstBadDay?}' },
);

const atMost = z.strictObject({ max: count });

const expectation = z.strictObject({
  rows: z.array(expectedRow),
  proof: z.record(key, expectedProof).optional(),
  calls: z
    .record(key, z.strictObject({ accounts: atMost, balances: atMost, entries: atMost }).partial())
    .optional(),
  state: z
    .enum(['connected', 'expiring', 'expired', 'failing', 'needs-user', 'removed'])
    .optional(),
  emails: count.optional(),
  writes: atMost.optional(),
});

export const scenarioFormat = z.strictObject({
  name: text,
  about: text,
  sources: z.array(text).min(1),
  wayIn: z.enum(['psd2', 'login']),
  traits: traits.optional(),
  accounts: z.array(account).min(1),
  map: z.array(mapping),
  bookAccounts: z.array(bookAccount).optional(),
  steps: z.array(step).min(1),
  expect: expectation,
});

export type Scenario = z.output<typeof scenarioFormat>;
export type ScenarioAccount = z.output<typeof account>;
export type ScenarioEntry = z.output<typeof entry>;
export type Mapping = z.output<typeof mapping>;
export type Step = z.output<typeof step>;
export type StepKind = Step['kind'];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>['is'];
export type UserAction = z.output<typeof action>;
export type ColumnName = z.output<typeof column>;
export type RowValues = z.output<typeof values>;
export type RowName = z.output<typeof row>;
export type Fault = z.output<typeof fault>;
export type SyncExpectation = z.output<typeof syncExpectation>;
export type ExpectedRow = z.output<typeof expectedRow>;
export type Expectation = z.output<typeof expectation>;

/** One of several shapes, told by the one key that each has alone; so an error names the field, not the union. */
function byKey<S extends Readonly<Record<string, z.ZodType>>>(shapes: S) {
  type One = { [K in keyof S & string]: { kind: K; is: z.output<S[K]> } }[keyof S & string];
  const kinds = Object.keys(shapes);
  return z.record(z.string(), z.unknown()).transform((written, context): One => {
    const named = kinds.filter((kind) => Object.hasOwn(written, kind));
    const [kind = ''] = named;
    const shape = shapes[kind];
    if (named.length !== 1 || !shape) {
      context.addIssue({ code: 'custom', message: `exactly one of ${kinds.join(', ')}` });
      return z.NEVER;
    }
    const parsed = shape.safeParse(written);
    if (parsed.success) return { kind, is: parsed.data } as One;
    for (const { message, path } of parsed.error.issues) {
      context.addIssue({ code: 'custom', message, path });
    }
    return z.NEVER;
  });
}
