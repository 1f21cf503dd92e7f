import { addDays } from '../../shared/calendar-date.ts';
import type { PostedRow } from '../learner/book-row.ts';
import { createLearner } from '../learner/create-learner.ts';
import type { Learner } from '../learner/learner.ts';
import { LearnerBytesError, loadLearner, saveLearner } from '../learner/save-learner.ts';
import { type Store, type Write, write } from '../ports/store.ts';
import { type LearnerPartDoc, learnerKey, learnerParts } from './documents.ts';

/** What is kept of a book's learner lags behind: rows that are posted a little late only replay what comes after it. */
const lagRows = 100;
/** It is kept again when so many more rows have been learned. */
const stepRows = 400;
/** Characters of Base64 in a document. */
const partMax = 900_000;
/** 1 MB has two; more is no state of ours. */
const partsMax = 8;

export interface LearnedBook {
  readonly learner: Learner;
  /** Keeps what was learned for the next time; none where what is kept is new enough. */
  readonly writes: readonly Write[];
}

/**
 * The learner that these rows make, in this order: from what is kept where its rows still are the first of these, from
 * nothing where one of them was changed, taken back or came in between. Either way the result is the same.
 */
export async function learnBook(
  store: Store,
  bookId: string,
  rows: readonly PostedRow[],
): Promise<LearnedBook> {
  const digests = digestRows(rows);
  const kept = await loadKept(store, bookId, digests);
  const learner = kept?.learner ?? createLearner();
  const known = kept?.rows ?? 0;
  const keepAt = rows.length - lagRows;
  let writes: readonly Write[] = [];
  for (const [at, row] of rows.entries()) {
    if (at < known) continue;
    learner.learn(row);
    if (at + 1 === keepAt && keepAt - known >= stepRows) {
      writes = keepWrites(bookId, keepAt, digests[at] ?? '', saveLearner(learner));
    }
  }
  // Whoever corrects a draft does so today, also where rows of later days were posted before: it is the newest word.
  for (const row of lateCorrections(rows)) learner.learn(row);
  return { learner, writes };
}

/** Days before the newest row of which a correction is learned once more. */
const correctedDays = 45;

/** Corrections of the last days that are not the last rows. */
function lateCorrections(rows: readonly PostedRow[]): readonly PostedRow[] {
  const newest = rows.at(-1);
  if (!newest) return [];
  const from = addDays(newest.date, -correctedDays);
  const last = rows.findLastIndex(({ isCorrection }) => !isCorrection);
  return rows.slice(0, last + 1).filter(({ date, isCorrection }) => isCorrection && date >= from);
}

async function loadKept(
  store: Store,
  bookId: string,
  digests: readonly string[],
): Promise<{ readonly learner: Learner; readonly rows: number } | null> {
  const first = await store.get(learnerParts, learnerKey(bookId, 0));
  if (!first) return null;
  const { rows, digest, parts } = first.value;
  if (digests[rows - 1] !== digest || parts > partsMax) return null;
  const keys = Array.from({ length: parts - 1 }, (_, i) => learnerKey(bookId, i + 1));
  const others = keys.length > 0 ? await store.getMany(learnerParts, keys) : [];
  const all = [first, ...others];
  const isWhole = all.length === parts && all.every(({ value }) => value.digest === digest);
  if (!isWhole) return null;
  const bytes = Buffer.from(all.map(({ value }) => value.bytes).join(''), 'base64');
  try {
    return { learner: loadLearner(bytes), rows };
  } catch (error) {
    // Kept by another version of the learner: the book teaches this one.
    if (error instanceof LearnerBytesError) return null;
    throw error;
  }
}

/** All parts in one commit: of two deliveries that keep theirs, one stands whole. */
function keepWrites(
  bookId: string,
  rows: number,
  digest: string,
  bytes: Uint8Array,
): readonly Write[] {
  const text = Buffer.from(bytes).toString('base64');
  const parts = Math.ceil(text.length / partMax);
  return Array.from({ length: parts }, (_, part) => {
    const cut = text.slice(part * partMax, (part + 1) * partMax);
    const doc: LearnerPartDoc = { rows, digest, parts, bytes: cut };
    return write(learnerParts, learnerKey(bookId, part), doc, 'any');
  });
}

/** Of the rows up to each one, 64 bits: a change of any of them gives others from there on. */
function digestRows(rows: readonly PostedRow[]): readonly string[] {
  let [high, low] = [0x811c9dc5, 0x1000193];
  return rows.map((row) => {
    const { date, description, amount, account, counterAccount, counterpartyAccount = '' } = row;
    const mark = row.isCorrection ? '!' : '';
    const text = `${date}\n${amount.minor}${amount.currency}\n${account}\n${counterAccount}\n${counterpartyAccount}\n${mark}\n${description}\u0000`;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low + code, 0x85ebca6b) ^ (low >>> 15);
    }
    return `${(high >>> 0).toString(36)}.${(low >>> 0).toString(36)}`;
  });
}
