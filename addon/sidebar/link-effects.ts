import type { AccountView } from '../../shared/api.ts';
import type { NewFeed } from './link-form.ts';
import { bookAccounts, type SidebarState } from './state.ts';

/** What a link means for what stands in the book, where the user may not expect it: sentences, often none. */
export function tellEffects(
  state: SidebarState,
  account: AccountView,
  { bookAccount: { path }, from }: NewFeed,
): string[] {
  const texts: string[] = [];
  const before = account.feed;
  if (before && before.bookAccount.path !== path) {
    texts.push(`Rows that stand already keep ${before.bookAccount.path}; new rows go to ${path}.`);
  }
  if (before && from > before.from) texts.push('Rows of earlier days that stand already stay.');
  const kept = bookAccounts(state).find((it) => it.path === path)?.currency;
  if (kept && kept !== account.currency) {
    texts.push(`${path} is kept in ${kept}, this account is in ${account.currency}.`);
  }
  return texts;
}
