/** Words that stand behind one another in several rows, as a name does. */
export interface WordRun {
  /** Folded, as it stands in the rows. */
  readonly text: string;
  readonly wordCount: number;
  /** Positions of the rows that have it, ascending. */
  readonly rows: readonly number[];
  /** Rows in which no other telling word stands before it: names stand in front, towns and purposes behind. */
  readonly heads: number;
  /** With how many other telling words in front it is seen: by how many payees. */
  readonly payees: number;
  /** Its telling words less the others; 0 where its first or last is none: it is no name as it stands. */
  readonly telling: number;
}

interface Word {
  readonly id: number;
  readonly word: string;
  /** With what joins it to the word before; '' where something stands between that differs from row to row. */
  readonly joined: string;
  readonly joinedId: number;
}

/** Names have few words. */
const wordMax = 5;
const wordPattern = /[\p{L}\p{N}&](?:[\p{L}\p{N}&.'’+-]*[\p{L}\p{N}&+])?/gu;
const jointPattern = /^(?: |[.,] | ?\* ?)$/;
/** References, dates and numbers of cards change from row to row; a name such as O2 or 7-11 is short. */
const isChanging = (word: string) => /\p{N}/u.test(word) && !/^(?=.*[\p{L}&])\S{1,4}$/u.test(word);

/**
 * Runs of words that stand in at least `rowsMin` of the texts, which are folded ones, and whether a text begins with a
 * telling word. `labels` are their counter-accounts: a word of rows of many different ones tells nothing.
 */
export function findWordRuns(
  texts: readonly string[],
  labels: readonly string[],
  rowsMin: number,
): { readonly runs: readonly WordRun[]; readonly beginsTelling: (text: string) => boolean } {
  const { rows, counts, idOf } = readWords(texts, rowsMin);
  const telling = tellingWords(rows, labels, counts);
  const heads = rows.map((row) => row.find(({ id }) => telling[id])?.id ?? -1);
  const found: Run[] = [];
  let runs = firstRuns(rows);
  for (let count = 1; runs.size > 0; count++) {
    for (const run of runs.values()) if (run.rows.length >= rowsMin) found.push(run);
    if (count === wordMax) break;
    runs = longerRuns(rows, runs, count, rowsMin);
  }
  return {
    runs: found.map((run) => describeRun(run, heads, telling)),
    beginsTelling: (text) => telling[idOf(text.match(wordPattern)?.[0] ?? '')] ?? true,
  };
}

/** Words that stand in `rowsMin` rows at least, in each row in their order; in how many rows each stands, by its id. */
function readWords(texts: readonly string[], rowsMin: number) {
  const words = createIds();
  const joints = createIds();
  const counts: number[] = [];
  const lastRow: number[] = [];
  const all = texts.map((text, row) => {
    const read: Word[] = [];
    let end = -1;
    for (const match of text.matchAll(wordPattern)) {
      const [word] = match;
      const joint = end < 0 ? '' : text.slice(end, match.index);
      end = isChanging(word) ? -1 : match.index + word.length;
      if (end < 0) continue;
      const id = words.idOf(word);
      if (lastRow[id] !== row) counts[id] = (counts[id] ?? 0) + 1;
      lastRow[id] = row;
      const joined = jointPattern.test(joint) ? joint + word : '';
      read.push({ id, word, joined, joinedId: joints.idOf(joined) });
    }
    return read;
  });
  const isFrequent = ({ id }: Word) => (counts[id] ?? 0) >= rowsMin;
  return { rows: all.map((row) => cutRare(row, isFrequent)), counts, idOf: words.idOf };
}

function createIds() {
  const ids = new Map<string, number>();
  return {
    idOf(text: string): number {
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, ids.size);
      return ids.size - 1;
    },
  };
}

/** What stands behind a rare word is joined to nothing. */
function cutRare(row: readonly Word[], isFrequent: (word: Word) => boolean): readonly Word[] {
  const kept: Word[] = [];
  let isCut = true;
  for (const word of row) {
    const isKept = isFrequent(word);
    if (isKept) kept.push(isCut ? { ...word, joined: '' } : word);
    isCut = !isKept;
  }
  return kept;
}

/**
 * Whether a word says who was paid or for what. One that stands beside many different words and with many
 * counter-accounts is the bank's, a town's or a legal form.
 */
function tellingWords(
  rows: readonly (readonly Word[])[],
  labels: readonly string[],
  counts: readonly number[],
): readonly boolean[] {
  const all = new Map<string, number>();
  const accounts = counts.map(() => new Map<string, number>());
  const company = counts.map(() => new Map<number, number>());
  rows.forEach((row, index) => {
    const label = labels[index] ?? '';
    countOne(all, label);
    const ids = new Set(row.map(({ id }) => id));
    let rarest = -1;
    for (const id of ids) {
      if (rarest < 0 || (counts[id] ?? 0) < (counts[rarest] ?? 0)) rarest = id;
    }
    for (const id of ids) {
      countOne(accounts[id] ?? all, label);
      countOne(company[id] ?? new Map(), rarest);
    }
  });
  const accountsMin = Math.max(2, spread(all) / 6);
  const isEverywhere = (id: number) =>
    spread(accounts[id] ?? all) >= accountsMin && spread(company[id] ?? all) >= companyMin;
  return counts.map((_, id) => !isEverywhere(id));
}

/** So many different words beside one make it the bank's. */
const companyMin = 4;

function countOne<T>(counts: Map<T, number>, thing: T): void {
  counts.set(thing, (counts.get(thing) ?? 0) + 1);
}

/** How many things these are, a rare one counting for little: one over the sum of the squared shares. */
function spread(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  let squares = 0;
  for (const count of counts.values()) {
    sum += count;
    squares += count * count;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}

interface Run {
  readonly text: string;
  readonly ids: readonly number[];
  readonly rows: number[];
  /** Where in each of the rows it begins, first occurrence. */
  readonly starts: number[];
}

function firstRuns(rows: readonly (readonly Word[])[]): Map<number, Run> {
  const runs = new Map<number, Run>();
  rows.forEach((row, index) => {
    row.forEach(({ id, word }, start) => {
      let run = runs.get(id);
      if (!run) {
        run = { text: word, ids: [id], rows: [], starts: [] };
        runs.set(id, run);
      }
      addRow(run, index, start);
    });
  });
  return runs;
}

function addRow(run: Run, row: number, start: number): void {
  if (run.rows.at(-1) === row) return;
  run.rows.push(row);
  run.starts.push(start);
}

/** Each run with each word that follows it in enough rows. */
function longerRuns(
  rows: readonly (readonly Word[])[],
  runs: ReadonlyMap<number, Run>,
  wordCount: number,
  rowsMin: number,
): Map<number, Run> {
  const longer = new Map<number, Run>();
  for (const run of runs.values()) {
    if (run.rows.length < rowsMin) continue;
    const next = new Map<number, Run>();
    run.rows.forEach((index, at) => {
      const start = run.starts[at] ?? 0;
      const word = rows[index]?.[start + wordCount];
      if (!word?.joined) return;
      let found = next.get(word.joinedId);
      if (!found) {
        found = { text: run.text + word.joined, ids: [...run.ids, word.id], rows: [], starts: [] };
        next.set(word.joinedId, found);
      }
      addRow(found, index, start);
    });
    for (const found of next.values()) {
      if (found.rows.length >= rowsMin) longer.set(longer.size, found);
    }
  }
  return longer;
}

function describeRun(run: Run, heads: readonly number[], telling: readonly boolean[]): WordRun {
  const { text, ids, rows } = run;
  const own = new Set(ids);
  const payees = new Set<number>();
  let headCount = 0;
  for (const row of rows) {
    const head = heads[row] ?? -1;
    if (head < 0 || own.has(head)) headCount++;
    else payees.add(head);
  }
  const count = ids.filter((id) => telling[id]).length;
  const isWhole = [ids[0], ids.at(-1)].every((id) => id !== undefined && telling[id]);
  return {
    text,
    wordCount: ids.length,
    rows,
    heads: headCount,
    payees: payees.size,
    telling: isWhole ? 2 * count - ids.length : 0,
  };
}
