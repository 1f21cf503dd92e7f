import { typeOfPath } from '../../../shared/book.ts';
import type { DraftView } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import { otherCandidates, percentWords } from '../describe-draft.ts';
import type { OpenedDraft } from '../review-screens.ts';
import type { Wording } from '../wording.ts';
import { AccountPicker } from './account-picker.tsx';
import { breakable } from './breakable.tsx';
import { Button } from './button.tsx';

interface OtherAccountsProps {
  readonly draft: DraftView;
  readonly actions: Actions;
  readonly words: Wording;
  readonly opened: OpenedDraft;
  readonly accounts: readonly string[];
  readonly accept: (to: string) => void;
}

/** Where else a draft may belong: what was thought of besides, each one click, and all accounts of the book. */
export function OtherAccounts(props: OtherAccountsProps) {
  const { draft, actions, words, opened, accounts, accept } = props;
  const { path } = opened;
  const others = otherCandidates(draft);
  const choices = accounts
    .filter((it) => it !== draft.account)
    .map((it) => ({ path: it, type: typeOfPath(it) ?? 'expense' }));
  return (
    <fieldset aria-label={`Accounts for ${draft.description}`}>
      {others.length > 0 && <p class="hint">A click accepts it with that account:</p>}
      {others.map(({ counterAccount, probability }) => (
        <Button key={counterAccount} kind="choice" onClick={() => accept(counterAccount)}>
          <span>{breakable(counterAccount)}</span>{' '}
          <span class="balance quiet">{percentWords(probability, words)}</span>
        </Button>
      ))}
      <AccountPicker
        form={opened}
        accounts={choices}
        onChange={(change) => actions.look({ opened: { ...opened, ...change } })}
      />
      <Button kind="wide" isBusy={path === null} onClick={() => path && accept(path)}>
        {path ? <>Accept with {breakable(path)}</> : 'Choose an account'}
      </Button>
    </fieldset>
  );
}
