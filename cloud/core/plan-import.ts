import { type Failure, FailureError, toFailure } from '../../shared/failures.ts';
import type { FileChoices } from '../../shared/statement-files.ts';
import type { FileAccountDoc } from './file-documents.ts';
import { accountFor, type BookAccounts, findTarget } from './file-targets.ts';
import { type FileAccount, type ReadFile, readFile } from './read-file.ts';
import type { World } from './world.ts';

/** What is to become of a file, or what has to be asked first. */
export type ImportPlan =
  | Extract<ReadFile, { kind: 'question' }>
  | (Omit<Extract<ReadFile, { kind: 'read' }>, 'kind' | 'accounts'> & {
      readonly kind: 'plan';
      readonly accounts: readonly PlannedAccount[];
    });

export interface PlannedAccount {
  /** Its amounts in the currency of the target, where the file names none. */
  readonly told: FileAccount;
  /** Null: the user has to say or, `by` the user, it is not imported. */
  readonly target: FileAccountDoc | null;
  readonly by: 'number' | 'last-time' | 'user' | null;
  /** Why it cannot go where the user said. */
  readonly failure?: Failure;
}

/** Reads a file, and finds for each of its accounts where its entries go. @throws FailureError `file-unreadable` */
export async function planImport(
  world: World,
  bookId: string,
  before: BookAccounts,
  bytes: Uint8Array,
  { answers, targets }: FileChoices,
): Promise<ImportPlan> {
  const layouts = before.imports?.value.layouts ?? [];
  const read = (known: object) =>
    readFile(world.readStatementFile, bytes, { ...known, answers }, layouts);
  const first = read({});
  if (first.kind === 'question') return first;
  const again = new Map<string, ReadFile>();
  const accounts: PlannedAccount[] = [];
  let book = before;
  for (const told of first.accounts) {
    const { target, ...found } = await targetOf(world, bookId, book, told, targets[told.key]);
    if (!target) {
      accounts.push({ told, target, ...found });
      continue;
    }
    book = { ...book, ofFiles: withAccount(book, target) };
    if (!isReadAnew(told, target)) {
      accounts.push({ told, target, ...found });
      continue;
    }
    const { currency, type } = target;
    const known = again.get(`${currency} ${type}`) ?? read({ currency, type });
    again.set(`${currency} ${type}`, known);
    if (known.kind === 'question') return known;
    const same = known.accounts.find(({ key }) => key === told.key);
    accounts.push({ told: same ?? told, target, ...found });
  }
  return { ...first, kind: 'plan', accounts };
}

async function targetOf(
  world: World,
  bookId: string,
  book: BookAccounts,
  told: FileAccount,
  chosen: FileChoices['targets'][string] | undefined,
): Promise<Omit<PlannedAccount, 'told'>> {
  if (chosen === null) return { target: null, by: 'user' };
  if (chosen === undefined) {
    const found = findTarget(book, told);
    return { target: found?.account ?? null, by: found?.by ?? null };
  }
  try {
    return { target: await accountFor(world, bookId, book, told, chosen), by: 'user' };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { target: null, by: 'user', failure: toFailure(error) };
  }
}

/** With those of earlier accounts of the file, so that no other account of it goes to the same place. */
function withAccount({ linked, ofFiles }: BookAccounts, target: FileAccountDoc) {
  if (linked.includes(target)) return ofFiles;
  return [...ofFiles.filter(({ key }) => key !== target.key), target];
}

/** Whether amounts wait for a currency, or a card's charges may be listed as positive amounts. */
function isReadAnew(told: FileAccount, { type }: FileAccountDoc): boolean {
  return !told.currency || (type === 'card' && told.type !== 'card');
}
