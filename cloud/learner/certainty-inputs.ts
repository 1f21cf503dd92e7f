import { type ContextCounts, countUnit, findContext, ways } from './context-counts.ts';
import type { LearnerMemory } from './learner-memory.ts';
import type { Prediction } from './predict.ts';
import { slotOf } from './row-contexts.ts';

/** Keeps logarithms of odds within bounds. */
const least = 1e-4;

/** What the certainty of the first candidate goes by: how far it leads, and who agrees with it. */
export function readCertaintyInputs(memory: LearnerMemory, now: Prediction): void {
  const { inputs, state } = now;
  const [first, second] = now.top;
  if (first === undefined) return;
  const { newShare } = memory.certainty;
  const isNewPayee = state === 0 ? 1 : 0;
  const best = now.chances[first] ?? 0;
  const next = second === undefined ? 0 : (now.chances[second] ?? 0);
  // The first rows know few accounts: another one is likely, the more so for a payee that is new.
  const { rowCount, accounts } = memory;
  const another = isNewPayee ? 1 : 0.5;
  const isOnlyOne = isNewPayee && accounts.length === 1;
  const known = isOnlyOne
    ? 0.4
    : best * (1 - 0.5 * newShare * isNewPayee) * (rowCount / (rowCount + another));
  const odds = Math.log((known + least) / (1 - known + least));
  const newness = Math.log((newShare + 0.002) / 0.1);
  inputs[0] = 1;
  inputs[1] = odds;
  inputs[2] = Math.log((best + least) / (next + least)) - 3;
  inputs[3] = isNewPayee;
  inputs[4] = state === 1 ? 1 : 0;
  inputs[5] = newness;
  inputs[6] = newness * isNewPayee;
  inputs[7] = (now.regressionChances[first] ?? 0) - 0.5;
  inputs[8] = knownShareOf(memory, now);
  inputs[9] = odds * isNewPayee;
  readAgreement(memory, now, first);
}

/** Of the row's words, the share that was seen before. */
function knownShareOf({ contexts }: LearnerMemory, { facts }: Prediction): number {
  let words = 0;
  let seen = 0;
  for (const { slot, key } of facts.contexts) {
    if (slot !== slotOf.word) continue;
    words++;
    if (findContext(contexts, key) >= 0) seen++;
  }
  return words > 0 ? seen / words : 0;
}

/** Who agrees: of the contexts; and of those seen more than once that know one counter-account alone. */
function readAgreement(memory: LearnerMemory, now: Prediction, first: number): void {
  const { inputs, signals, facts } = now;
  let agreeing = 0;
  let last = 0;
  inputs.fill(0, 10);
  for (let signal = 0; signal < signals.length; signal++) {
    const { best, most, mine, total } = lead(memory.contexts, signals.table[signal] ?? 0, first);
    if (best === first) agreeing++;
    if (signals.last[signal] === first) last++;
    if (most > 0.95 * total && total > 1.5) inputs[best === first ? 12 : 13] = 1;
    const share = (mine + 0.3) / (total + 0.6) - 0.5;
    const slot = facts.contexts[signals.context[signal] ?? 0]?.slot;
    if (slot === slotOf.core) inputs[15] = share;
    if (slot !== slotOf.payee) continue;
    inputs[14] = share;
    inputs[16] = Math.log(1 + total) / 3;
  }
  if (signals.length === 0) return;
  inputs[10] = agreeing / signals.length - 0.5;
  inputs[11] = last / signals.length - 0.5;
}

/** Of a context's rows: the counter-account of most, how many, those of one counter-account, and all. */
function lead({ accounts, counts }: ContextCounts, at: number, account: number) {
  let [best, most, mine, total] = [-1, 0, 0, 0];
  for (let way = at * ways; way < at * ways + ways; way++) {
    const rows = (counts[way] ?? 0) / countUnit;
    if (rows === 0) break;
    total += rows;
    if (accounts[way] === account) mine = rows;
    if (rows <= most) continue;
    most = rows;
    best = accounts[way] ?? 0;
  }
  return { best, most, mine, total };
}
