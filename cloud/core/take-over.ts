import { FailureError } from '../../shared/failures.ts';
import { type Store, type Write, write } from '../ports/store.ts';
import type { AccountDoc } from './documents.ts';
import { type FileAccountDoc, imports } from './file-documents.ts';
import type { BookAccounts } from './file-targets.ts';
import { plainNumber } from './read-file.ts';
import { loadLedgers } from './statement-pages.ts';

/** Under which key a bank account is linked, and what that changes of the accounts that files fill. */
export interface TakeOver {
  readonly key: string;
  /** As AccountDoc has it. */
  readonly bankKey?: string;
  readonly writes: readonly Write[];
}

/**
 * Lets a bank account go on with what files have filled: the account of its own number, and the one of the book account
 * that it is to fill, so that what both tell has one row.
 * @throws FailureError `bad-request` where that is evidently another account, or there are two of them
 */
export async function takeOver(
  store: Store,
  bookId: string,
  { imports: memory, ofFiles, connections }: BookAccounts,
  account: AccountDoc,
  path: string,
): Promise<TakeOver> {
  const { key, bankKey = key } = account;
  const there = ofFiles.find(({ feed }) => feed.bookAccount.path === path);
  const mine = ofFiles.find((it) => it.key === key);
  if (there && there !== mine) {
    if (there.currency !== account.currency) {
      const reason = `Files fill ${path} in ${there.currency}, this account is in ${account.currency}.`;
      throw new FailureError('bad-request', reason);
    }
    if (isOther(there, account)) {
      throw new FailureError('bad-request', `Files of another account fill ${path}.`);
    }
    const kept = await loadLedgers(store, bookId, [key]);
    if (mine || (kept.get(key)?.value.pages.length ?? 0) > 0) {
      const reason = `Files fill ${path}, and other entries of this account are in the book already.`;
      throw new FailureError('bad-request', reason);
    }
  }
  const all = connections.flatMap(({ value }) => value.accounts);
  const followed = there ?? mine ?? all.find((it) => it !== account && it.bankKey === key);
  const next = followed?.key ?? key;
  const gone = [there, mine].filter((it) => it !== undefined);
  const accounts = ofFiles.filter((it) => !gone.includes(it));
  return {
    key: next,
    ...(next !== bankKey && { bankKey }),
    writes:
      memory && gone.length > 0
        ? [write(imports, bookId, { ...memory.value, accounts }, { version: memory.version })]
        : [],
  };
}

function isOther(ofFiles: FileAccountDoc, { iban }: AccountDoc): boolean {
  if (!iban || !ofFiles.iban) return false;
  return plainNumber(iban) !== plainNumber(ofFiles.iban);
}
