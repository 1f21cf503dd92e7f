import type { BookRow, PostedRow } from '../book-row.ts';
import { contextKeys } from '../context-keys.ts';
import type { EvidenceKind } from '../learner.ts';
import { tellAgainst, tellNew, tellReasons, tellShortly } from './explain-words.ts';
import {
  type Asked,
  type Case,
  findAgainst,
  findReasons,
  type Probe,
  type Standing,
} from './find-reasons.ts';

/** Why a counter-account is suggested, told by the user's own rows. */
export interface Explanation {
  readonly sentence: string;
  /** For a narrow column: at most 90 characters, without the probability. */
  readonly short: string;
  /** Five at most, the newest first: rows with the evidence that were posted to the suggested counter-account. */
  readonly rows: readonly PostedRow[];
  /** What speaks for another account, or that the payee is new; absent where nothing does. */
  readonly against?: string;
  /** Two at most, the newest first: rows with the evidence that were posted to that other account. */
  readonly rowsAgainst?: readonly PostedRow[];
}

/** By what a row is like others: all rows with the same key are alike in it. */
type KeysOf = (row: BookRow) => readonly { readonly kind: EvidenceKind; readonly key: string }[];

const rowMax = 5;
const rowAgainstMax = 2;
const ofPayee: ReadonlySet<EvidenceKind> = new Set(['number', 'payee']);

/** The receipt of each suggestion, in their order. `posted`: all posted rows of the book by date, the oldest first. */
export function explainAll(
  asked: readonly Asked[],
  posted: readonly PostedRow[],
  keysOf: KeysOf = contextKeys,
): readonly Explanation[] {
  const probes = asked.map((one) => probeContexts(one, keysOf));
  const standing = findStanding(probes, posted, keysOf);
  const isOneAccount = posted.every(({ account }) => account === posted[0]?.account);
  return probes.map((probe) => {
    if (!probe) {
      return {
        sentence: 'Nothing like it was posted yet.',
        short: 'nothing like it yet',
        rows: [],
      };
    }
    return explain({ ...probe, posted, standing, isOneAccount });
  });
}

/** Sees by the same row with its sign turned, and without its account, which keys go by these. */
function probeContexts({ row, suggestion }: Asked, keysOf: KeysOf): Probe | null {
  const [first] = suggestion.candidates;
  if (!first) return null;
  const { minor, currency } = row.amount;
  const back = keysOf({ ...row, amount: { minor: -minor, currency } });
  const elsewhere = new Set(keysOf({ ...row, account: '' }).map(({ key }) => key));
  const turned = new Map<string, string>();
  const ofAccount = new Set<string>();
  const payees: string[] = [];
  for (const [at, { kind, key }] of keysOf(row).entries()) {
    const other = back[at]?.kind === kind ? back[at].key : key;
    if (other !== key) turned.set(key, other);
    if (!elsewhere.has(key)) ofAccount.add(key);
    if (ofPayee.has(kind)) payees.push(key, other);
  }
  return { row, suggestion, first: first.counterAccount, payees, turned, ofAccount };
}

function findStanding(
  probes: readonly (Probe | null)[],
  posted: readonly PostedRow[],
  keysOf: KeysOf,
): Standing {
  const standing = new Map<string, Map<string, number[]>>();
  for (const probe of probes) {
    if (!probe) continue;
    for (const key of probe.payees) standing.set(key, new Map());
    for (const { key } of probe.suggestion.evidence) {
      standing.set(key, new Map()).set(probe.turned.get(key) ?? key, new Map());
    }
  }
  if (standing.size === 0) return standing;
  for (const [place, row] of posted.entries()) {
    for (const { key } of keysOf(row)) {
      const byAccount = standing.get(key);
      if (!byAccount) continue;
      const places = byAccount.get(row.counterAccount);
      if (!places) byAccount.set(row.counterAccount, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  }
  return standing;
}

function explain(asked: Case): Explanation {
  const { row, posted, first } = asked;
  const reasons = findReasons(asked);
  const places = new Set<number>();
  for (const reason of reasons) {
    for (const place of reason.places.slice(-rowMax).reverse()) {
      if (places.size < rowMax) places.add(place);
    }
  }
  const other = findAgainst(asked, reasons);
  const against = [
    ...(other ? [tellAgainst(other)] : []),
    ...(isNewPayee(asked) ? [tellNew(row)] : []),
  ].join(' ');
  const placesAgainst = other?.places.slice(-rowAgainstMax) ?? [];
  return {
    sentence: tellReasons(reasons, first),
    short: tellShortly(reasons),
    rows: newestFirst(places, posted),
    ...(against && { against }),
    ...(placesAgainst.length > 0 && { rowsAgainst: newestFirst(placesAgainst, posted) }),
  };
}

function newestFirst(places: Iterable<number>, posted: readonly PostedRow[]): PostedRow[] {
  return [...places].sort((a, b) => b - a).flatMap((place) => posted[place] ?? []);
}

function isNewPayee({ payees, standing }: Case): boolean {
  return payees.length > 0 && payees.every((key) => (standing.get(key)?.size ?? 0) === 0);
}
