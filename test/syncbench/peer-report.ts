import type { PeerVerdict } from './peer-run.ts';
import { type FindingKind, findingKinds, type ScenarioScore, sumScores } from './score.ts';

/** In a note. */
const words: Readonly<Record<Exclude<FindingKind, 'wrongOutcomes'>, string>> = {
  lost: 'lost',
  duplicated: 'doubled',
  misMerged: 'mixed up',
  userEditsLost: 'of the user lost',
};

/** What the table means; a reader of it alone must not be led astray. */
const terms = `Right: no row lost, doubled or mixed up, and nothing lost that the user wrote; the same for both.
Not judged of Actual: scenarios that its API cannot express (an undo, a historical sync, faults between store and sheet, a
connection removed); and of the others balance checks, calls, states, mails, writes, outcomes and counts of new rows, the
order, columns and names of a sheet, and sums in another currency.
Actual sees the same Sandbox Bank through its own bank sync, with a server of ours that answers as its own does for Enable
Banking (entries without any date are left out), and files, read by our reader, through its import. Its settings are those
that get most right: dates follow the bank, deleted transactions are not imported again. In doubt it has the benefit: no
quota holds, it asks for no more days than the bank gives, a reconnected account stays the same, its imported payee counts as
the row's text, and its lock as our check mark.`;

export interface PeerTotals {
  readonly judged: number;
  readonly right: number;
  /** Of the same scenarios. */
  readonly bookfeedRight: number;
}

/** Whether the rows are as expected, and what the user wrote is there: what can be judged of both. */
export function isRight(score: ScenarioScore): boolean {
  return Object.keys(words).every((kind) => score[kind as keyof typeof words] === 0);
}

/** Both side by side, and what Actual did otherwise than expected. */
export function describePeer(
  version: string,
  scores: readonly ScenarioScore[],
  verdicts: readonly PeerVerdict[],
): string {
  const width = Math.max(8, ...scores.map(({ name }) => name.length));
  const line = (name: string, ours: string, theirs: string, note: string) =>
    `${[name.padEnd(width), ours.padEnd(8), theirs.padEnd(6), note].join('  ').trimEnd()}\n`;
  const lines = scores.map((score) => {
    const verdict = verdicts.find(({ name }) => name === score.name);
    return line(score.name, wordOf(score), ...peerCells(verdict));
  });
  const { judged, right, bookfeedRight } = sumPeer(scores, verdicts);
  const findings = verdicts.flatMap((verdict) =>
    verdict.isJudged ? verdict.score.notes.map((note) => `${verdict.name}: ${note}\n`) : [],
  );
  return [
    line('scenario', 'Bookfeed', 'Actual', 'notes on Actual'),
    ...lines,
    `\nActual ${version}: ${right} of ${judged} judged. Bookfeed: ${bookfeedRight} of these ${judged},`,
    ` ${scores.filter(isRight).length} of all ${scores.length}.\n`,
    `${terms}\n`,
    ...(findings.length > 0 ? ['\nWhat Actual did otherwise than expected:\n', ...findings] : []),
  ].join('');
}

/** The scores as without a peer, and the peer's beside them. */
export function peerAsJson(
  version: string,
  scores: readonly ScenarioScore[],
  verdicts: readonly PeerVerdict[],
): string {
  const scenarios = verdicts.map((verdict) => {
    const { name, isJudged } = verdict;
    if (!isJudged) return { name, judged: false, reason: verdict.reason };
    const { wrongOutcomes: _, passed: right, ...score } = verdict.score;
    return { ...score, judged: true, right, undone: verdict.undone };
  });
  const peer = { name: 'actual', version, scenarios, totals: sumPeer(scores, verdicts) };
  const all = { scenarios: scores, totals: sumScores(scores), peer };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function sumPeer(scores: readonly ScenarioScore[], verdicts: readonly PeerVerdict[]): PeerTotals {
  const judged = verdicts.filter(({ isJudged }) => isJudged);
  const names = new Set(judged.map(({ name }) => name));
  return {
    judged: judged.length,
    right: judged.filter((verdict) => verdict.isJudged && isRight(verdict.score)).length,
    bookfeedRight: scores.filter((score) => names.has(score.name) && isRight(score)).length,
  };
}

function wordOf(score: ScenarioScore): string {
  return isRight(score) ? 'right' : 'WRONG';
}

function peerCells(verdict: PeerVerdict | undefined): [string, string] {
  if (!verdict?.isJudged) return ['-', `not judged: ${verdict?.reason ?? 'not run'}`];
  const { score } = verdict;
  const counts = findingKinds.flatMap((kind) =>
    kind === 'wrongOutcomes' || score[kind] === 0 ? [] : [`${score[kind]} ${words[kind]}`],
  );
  return [wordOf(score), counts.join(', ')];
}
