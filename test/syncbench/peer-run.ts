import { readStatementFile } from '../../cloud/statements/read-statement-file.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { FailureError } from '../../shared/failures.ts';
import type { Mapping, Scenario, Step, StepKind, StepOf, UserAction } from './format.ts';
import { openPeerBank, type PeerBank, type PeerFetch } from './peer-bank.ts';
import { createPeerBook, type PeerBook, type PeerRow } from './peer-book.ts';
import type { PeerWorld } from './peer-world.ts';
import { type Finding, type ScenarioScore, scoreScenario } from './score.ts';
import { scoreRows } from './score-rows.ts';
import { findRow, UserCannot } from './user.ts';
import { createUserWrites, type UserWrites } from './user-writes.ts';

/** What became of a scenario in Actual; `undone` are the steps that could not be done there. */
export type PeerVerdict =
  | { readonly name: string; readonly isJudged: false; readonly reason: string }
  | {
      readonly name: string;
      readonly isJudged: true;
      readonly score: ScenarioScore;
      readonly undone: readonly string[];
    };

/** What of a scenario cannot be expressed through Actual's API; undefined where all can. */
export function reasonNotJudged({ steps }: Scenario): string | undefined {
  const reasons = steps.map(({ kind, is }) => {
    if (kind === 'undo') return 'an undo';
    if (kind === 'unsync') return 'a connection removed';
    if (kind === 'faults') return 'faults between store and sheet';
    if (kind === 'sync' && is.sync === 'historical') return 'a historical sync';
    return undefined;
  });
  return reasons.find((reason) => reason !== undefined);
}

/** Lets a scenario happen to Actual, and judges the rows and what the user wrote, as for Bookfeed. */
export async function judgePeer(scenario: Scenario, world: PeerWorld): Promise<PeerVerdict> {
  const { name, accounts, map, steps } = scenario;
  const reason = reasonNotJudged(scenario);
  if (reason !== undefined) return { name, isJudged: false, reason };
  let now = steps[0]?.is.at ?? '';
  world.setNow(now);
  const bank = await openPeerBank(scenario, { now: () => now });
  try {
    await world.engine.send('create-budget', { budgetName: name, avoidUpload: true });
    const run: PeerRun = {
      scenario,
      bank,
      book: createPeerBook(world.api, world.engine, accounts[0]?.currency ?? 'EUR'),
      writes: createUserWrites(),
      feeds: [],
      undone: [],
    };
    world.answerBy((key, from) => fetchFor(run, key, from));
    await bank.connect('same');
    await addFeeds(run, map);
    for (const [index, step] of steps.entries()) {
      now = step.is.at;
      world.setNow(now);
      await takeStep(run, step, `step ${index + 1} (${step.kind} at ${now})`);
      if (world.defects.length > 0) throw world.defects[0];
    }
    const rows = await run.book.rows();
    return { name, isJudged: true, score: scoreEnd(run, rows), undone: run.undone };
  } finally {
    await world.engine.send('close-budget');
    await bank.close();
  }
}

/** A scenario on its way through Actual. */
interface PeerRun {
  readonly scenario: Scenario;
  readonly bank: PeerBank;
  readonly book: PeerBook;
  readonly writes: UserWrites;
  readonly feeds: Mapping[];
  readonly undone: string[];
}

/** Thrown for what Actual does not do; any other error is a defect of ours. */
class PeerCannot extends Error {
  override readonly name = 'PeerCannot';
}

async function takeStep(run: PeerRun, step: Step, place: string): Promise<void> {
  try {
    const one = perform[step.kind] as (run: PeerRun, step: Step['is']) => Promise<void>;
    await one(run, step.is);
  } catch (error) {
    const isOfWorld = [PeerCannot, UserCannot, FailureError].some((kind) => error instanceof kind);
    if (!isOfWorld) throw error;
    run.undone.push(`${place}: ${(error as Error).message}`);
  }
  run.writes.saw(await run.book.rows());
}

type Perform = {
  readonly [K in StepKind]: (run: PeerRun, step: StepOf<K>) => Promise<void>;
};

const perform: Perform = {
  bank: async ({ bank }, step) => bank.bank.answer(step),
  bankFails: async ({ bank }, step) => bank.bank.fail(step.bankFails),
  sync: syncAll,
  user: actAsUser,
  import: importFile,
  reconnect: ({ bank }, step) => bank.connect(step.reconnect.accountIds),
  resync: async (run, step) => {
    await run.bank.list();
    await addFeeds(run, step.mapNew ?? []);
  },
  faults: notJudged,
  undo: notJudged,
  unsync: notJudged,
};

async function notJudged(): Promise<void> {
  throw new PeerCannot('such a scenario is not judged');
}

async function addFeeds(run: PeerRun, mappings: readonly Mapping[]): Promise<void> {
  for (const mapping of mappings) {
    const account = run.bank.bank.accountOf(mapping.account);
    if (!account) throw new Error(`the bank has no account ${mapping.account}`);
    run.feeds.push(mapping);
    await run.book.open(mapping.bookAccount, account.currency);
  }
}

/** One account after the other; one that fails holds up no other. */
async function syncAll({ book, feeds }: PeerRun): Promise<void> {
  const failed: string[] = [];
  for (const { bookAccount, account, from } of feeds) {
    // Whatever Actual throws here is how its sync ended.
    await book.sync(bookAccount, account, from).catch(() => failed.push(account));
  }
  if (failed.length > 0) throw new PeerCannot(`not synced: ${failed.join(', ')}`);
}

/** To its benefit: an import before the first sync makes it ask for no day before the one from which it is mapped. */
async function fetchFor(
  { bank, feeds }: PeerRun,
  key: string,
  asked: CalendarDate,
): Promise<PeerFetch> {
  const from = feeds.find(({ account }) => account === key)?.from ?? asked;
  return bank.fetch(key, asked > from ? asked : from);
}

/** Read by our reader; what is not of the account and the mapped time the user leaves out in Actual's dialog. */
async function importFile({ book, bank, feeds }: PeerRun, step: StepOf<'import'>): Promise<void> {
  const { account: key, content, into } = step.import;
  if (into !== undefined) throw new PeerCannot('files fill an account that no bank is linked to');
  const account = bank.bank.accountOf(key);
  const feed = feeds.find((one) => one.account === key);
  if (!account || !feed) throw new Error(`${key} is not mapped`);
  const reading = readStatementFile(Buffer.from(content), account);
  if (reading.kind === 'question') throw new Error(reading.question.message);
  const entries = reading.statements
    .filter(({ currency = account.currency }) => currency === account.currency)
    .filter(({ account: { iban = account.iban } }) => iban === account.iban)
    .flatMap((statement) => statement.entries)
    .filter(({ status }) => status === 'booked')
    .filter(({ bookingDate, valueDate }) => (bookingDate ?? valueDate ?? '') >= feed.from);
  await book.importEntries(feed.bookAccount, entries);
}

/** What belongs to a sheet alone (order, columns, filters, names) has no counterpart and changes nothing. */
async function actAsUser({ book, writes }: PeerRun, step: StepOf<'user'>): Promise<void> {
  const rows = await book.rows();
  const find = (name: Parameters<typeof findRow>[1]) => findRow(rows, name) as PeerRow;
  const action: UserAction = step.user;
  switch (action.kind) {
    case 'edit': {
      const row = find(action.is.edit);
      await book.edit(row, action.is.set);
      return writes.edited(row, action.is.set);
    }
    case 'delete': {
      const row = find(action.is.delete);
      await book.remove(row);
      return writes.deleted(row, rows);
    }
    case 'copyRow':
      return book.copy(find(action.is.copyRow));
    case 'addRow':
      await book.add(action.is.addRow);
      return writes.added(action.is.addRow);
  }
}

/** Sums in another currency are not compared: Actual has no place for them. */
function scoreEnd({ scenario, writes }: PeerRun, rows: readonly PeerRow[]): ScenarioScore {
  const wanted = scenario.expect.rows.map(({ original: _, ...row }) => row);
  const ofRows = scoreRows(wanted, rows);
  const lost = writes.lost(rows, ofRows.length === 0);
  const ofUser = lost.map((text): Finding => ({ kind: 'userEditsLost', text }));
  return scoreScenario(scenario.name, [...ofRows, ...ofUser]);
}
