import type { ConnectionView, ProofView } from '../../shared/api.ts';
import type { Expectation, SyncExpectation } from './format.ts';
import type { Finding } from './score.ts';

/** What came of a sync, as the user can see it. */
export interface SyncSeen {
  readonly outcome: string;
  readonly newRows: number;
  readonly failure?: string;
}

/** What a sync did otherwise than expected; one that crashed has no outcome, and so the wrong one. */
export function scoreSync(
  place: string,
  expected: SyncExpectation,
  seen: SyncSeen | undefined,
): readonly Finding[] {
  if (!seen)
    return [wrong(`${place}: it has no outcome, expected ${expected.outcome.join(' or ')}`)];
  const { outcome, newRows, failure = 'no failure' } = seen;
  const isOutcome = expected.outcome.some((it) => it === outcome);
  return [
    ...(isOutcome ? [] : [differs(place, 'outcome', outcome, expected.outcome.join(' or '))]),
    ...unlessSame(place, 'newRows', newRows, expected.newRows),
    ...unlessSame(place, 'failure', failure, expected.failure),
  ];
}

/** How a scenario ended, beside its rows. */
export interface EndSeen {
  /** Absent once it is removed. */
  readonly connection: ConnectionView | undefined;
  /** Of an account by the scenario's key. */
  readonly proofOf: (account: string) => ProofView | undefined;
  readonly calls: (account: string, kind: 'accounts' | 'balances' | 'entries') => number;
  readonly emails: number;
  /** To the sheet, in the last sync. */
  readonly writes: number;
}

/** What is expected beside the rows, and is otherwise. */
export function scoreEnd(expected: Expectation, seen: EndSeen): readonly Finding[] {
  const proofs = Object.entries(expected.proof ?? {}).flatMap(([account, proof]) =>
    scoreProof(account, proof, seen.proofOf(account)),
  );
  const calls = Object.entries(expected.calls ?? {}).flatMap(([account, kinds]) =>
    (['accounts', 'balances', 'entries'] as const).flatMap((kind) =>
      unlessAtMost(`calls of ${account}`, kind, seen.calls(account, kind), kinds[kind]?.max),
    ),
  );
  return [
    ...proofs,
    ...calls,
    ...unlessSame('the end', 'state', stateOf(seen.connection), expected.state),
    ...unlessSame('the end', 'emails', seen.emails, expected.emails),
    ...unlessAtMost('the last sync', 'writes', seen.writes, expected.writes?.max),
  ];
}

/** The format has one word for what heals by itself and what does not. */
function stateOf(connection: ConnectionView | undefined): string {
  if (!connection) return 'removed';
  return connection.state === 'broken' ? 'failing' : connection.state;
}

type ExpectedProof = NonNullable<Expectation['proof']>[string];

/** An account of which nothing is known yet proves nothing. */
function scoreProof(
  account: string,
  expected: ExpectedProof,
  proof: ProofView = { kind: 'unknown' },
): readonly Finding[] {
  const place = `proof of ${account}`;
  if (typeof expected === 'string') return unlessSame(place, 'kind', proof.kind, expected);
  if (proof.kind !== 'off') return [differs(place, 'kind', proof.kind, 'off')];
  const { offBy, firstBadDay = 'none' } = proof;
  return [
    ...unlessSame(place, 'offBy', Number(offBy), Number(expected.offBy)),
    ...unlessSame(place, 'firstBadDay', firstBadDay, expected.firstBadDay),
  ];
}

/** What is not expected is not compared. */
function unlessSame<T>(place: string, what: string, seen: T, expected: T | undefined): Finding[] {
  return expected === undefined || seen === expected ? [] : [differs(place, what, seen, expected)];
}

function unlessAtMost(place: string, what: string, seen: number, max: number | undefined) {
  return max === undefined || seen <= max ? [] : [differs(place, what, seen, `at most ${max}`)];
}

function differs(place: string, what: string, seen: unknown, expected: unknown): Finding {
  return wrong(`${place}: ${what} is ${seen}, expected ${expected}`);
}

/** What the format has no other kind for counts as an outcome that is wrong. */
export function wrong(text: string): Finding {
  return { kind: 'wrongOutcomes', text };
}
