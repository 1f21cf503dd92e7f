import { expect, test } from '@jest/globals';
import { statementsOf } from '../cloud/statements/statements-of.ts';
import { makeUpEntries } from './statement-entries.ts';
import { statementFormats } from './statement-formats.ts';

/** What is read of an entry in every format. */
const seen = (minor: number, day: string | undefined) => `${day} ${minor}`;

test.each(Object.entries(statementFormats))(
  'the file that the bench writes in %s is read to exactly its entries and balances',
  (_, write) => {
    const entries = makeUpEntries(150);
    const statements = statementsOf(write(entries), { currencyWhereNone: 'EUR' });
    const read = statements.flatMap(({ entries: own }) =>
      own.map(({ amount, bookingDate }) => seen(amount.minor, bookingDate)),
    );
    expect(read.toSorted()).toEqual(entries.map(({ minor, day }) => seen(minor, day)).toSorted());
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
    const balances = statements.flatMap(({ closing }) => (closing ? [closing.amount.minor] : []));
    if (balances.length > 0) expect(balances).toContain(entries.at(-1)?.balance);
  },
);
