import { FailureError } from '../../shared/failures.ts';
import { type Store, type Write, write } from '../ports/store.ts';
import { connections } from './documents.ts';
import { type FileAccountDoc, type ImportsDoc, imports } from './file-documents.ts';
import type { BookAccounts } from './file-targets.ts';
import type { FileNews } from './merge-file.ts';
import type { ImportPlan } from './plan-import.ts';
import { untilCommitted } from './until-committed.ts';

/** Of each, the newest that are remembered. */
const layoutMax = 200;
const targetMax = 500;

type Plan = Extract<ImportPlan, { kind: 'plan' }>;

/** What a book knows of files once one is imported: its accounts, and what the user has said of it for the next one. */
export function memoryWrites(
  bookId: string,
  { imports: found, ofFiles }: BookAccounts,
  { accounts, answers, layouts }: Plan,
  news: readonly FileNews[],
): readonly Write[] {
  const filled = news.flatMap((it) => (it.isOfFiles ? [it.account] : []));
  const targets = accounts.flatMap(({ told, target, by }) =>
    target && by !== 'number' ? [{ of: told.memory, accountKey: target.key }] : [],
  );
  const answered = Object.keys(answers).length > 0 ? layouts : [];
  const before: ImportsDoc = found?.value ?? { accounts: [], layouts: [], targets: [] };
  const value: ImportsDoc = {
    accounts: withAccounts(ofFiles, filled),
    layouts: answered
      .reduce(
        (kept, layout) => [
          ...kept.filter((it) => it.layout !== layout),
          { layout, answers: { ...kept.find((it) => it.layout === layout)?.answers, ...answers } },
        ],
        before.layouts,
      )
      .slice(-layoutMax),
    targets: targets
      .reduce((kept, it) => [...kept.filter(({ of }) => of !== it.of), it], before.targets)
      .slice(-targetMax),
  };
  if (filled.length + targets.length + answered.length === 0) return [];
  return [write(imports, bookId, value, found ? { version: found.version } : 'absent')];
}

/**
 * Takes an account out that files alone fill. What is kept of it stays: a file that tells it again, or fills the same book
 * account, goes on with it. @throws FailureError `not-found`
 */
export async function removeFileAccount(
  store: Store,
  bookId: string,
  accountKey: string,
): Promise<void> {
  await untilCommitted(async () => {
    const found = await store.get(imports, bookId);
    const accounts = found?.value.accounts.filter(({ key }) => key !== accountKey) ?? [];
    if (!found || accounts.length === found.value.accounts.length) {
      throw new FailureError('not-found', 'account');
    }
    const targets = found.value.targets.filter((it) => it.accountKey !== accountKey);
    const value = { ...found.value, accounts, targets };
    await store.commit([write(imports, bookId, value, { version: found.version })]);
  });
}

function withAccounts(
  before: readonly FileAccountDoc[],
  filled: readonly FileAccountDoc[],
): readonly FileAccountDoc[] {
  const after = new Map(filled.map((account) => [account.key, account]));
  const known = before.map((account) => after.get(account.key) ?? account);
  return [...known, ...filled.filter(({ key }) => !before.some((it) => it.key === key))];
}

/** Feeds of bank accounts whose start has moved back to the file's first day. */
export function feedWrites(
  { connections: found, linked }: BookAccounts,
  news: readonly FileNews[],
): readonly Write[] {
  const feeds = new Map(
    news.flatMap(({ account: { key, feed } }) => {
      const before = linked.find((it) => it.key === key);
      return before && before.feed.from !== feed.from ? [[key, feed] as const] : [];
    }),
  );
  return found.flatMap(({ key, version, value }) => {
    const isFed = value.accounts.some((it) => it.feed && feeds.has(it.key));
    if (!isFed || value.state === 'removed') return [];
    const accounts = value.accounts.map((account) => {
      const feed = account.feed && feeds.get(account.key);
      return feed ? { ...account, feed } : account;
    });
    return [write(connections, key, { ...value, accounts }, { version })];
  });
}
