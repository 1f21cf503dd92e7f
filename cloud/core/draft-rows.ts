import type { Entry } from '../../shared/bank.ts';
import type { Money } from '../../shared/money.ts';
import { fitCell } from '../ports/sheet.ts';
import { cutBySize } from './cut-by-size.ts';
import type { Draft, EntryFacts } from './documents.ts';
import { entryDay } from './entry-day.ts';
import type { MergeResult } from './merge-entries.ts';

/**
 * Limits of a batch of the outbox: rows of one writing to the sheet, and bytes of JSON, well under what the store takes
 * of a document (a single draft, its texts cut to what a cell takes, has at most about 620,000 bytes).
 */
const batchMax = { items: 1_000, bytes: 400_000 } as const;

/** Most characters of a name; ISO 20022 has 140. */
const counterpartyMax = 1_000;
/** Of an account's number; an IBAN has 34 at most. */
const numberMax = 100;

/**
 * What the book is to show of a merge: a draft for each entry that is new, told differently, undone, revived or gone.
 */
export function draftRows(
  { added, changed }: Pick<MergeResult, 'added' | 'changed'>,
  account: string,
): readonly Draft[] {
  const pairs: readonly { readonly before?: Entry; readonly after?: Entry }[] = [
    ...added.map((after) => ({ after })),
    ...changed,
  ];
  return pairs.flatMap(({ before, after }) => {
    const id = (after ?? before)?.id;
    const was = shown(before);
    const now = shown(after);
    const isNews = JSON.stringify(was) !== JSON.stringify(now);
    return id && isNews ? [{ id, account, ...(was && { was }), ...(now && { now }) }] : [];
  });
}

/** The same drafts in their order, in batches that the outbox takes; none for no drafts. */
export function cutDrafts(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  return cutBySize(drafts, batchMax);
}

/** What a row shows of an entry; an undone one has no row. */
function shown(entry: Entry | undefined): EntryFacts | null {
  if (!entry || entry.undone) return null;
  const { counterparty, counterpartyAccount, text, amount, balanceAfter, original } = entry;
  return {
    date: entryDay(entry),
    counterparty: fitCell(counterparty, counterpartyMax),
    text: fitCell(text),
    amount: plain(amount),
    pending: entry.status === 'pending',
    ...(balanceAfter && { balanceAfter: plain(balanceAfter) }),
    ...(original && { original: plain(original) }),
    ...(counterpartyAccount && { counterpartyAccount: fitCell(counterpartyAccount, numberMax) }),
  };
}

/** In one order of fields: a store may give them back in another. */
const plain = ({ minor, currency }: Money): Money => ({ minor, currency });
