import type { BookAccount } from '../../../shared/book.ts';
import type { FileAccountView, FileTarget } from '../../../shared/statement-files.ts';
import type { Actions } from '../actions.ts';
import { type ChosenFile, needsTarget, type TargetForm } from '../chosen-files.ts';
import { type AccountForm, changeForm, chosenAccount, startAccountForm } from '../link-form.ts';
import { bookAccounts, type SidebarState } from '../state.ts';
import { AccountPicker } from './account-picker.tsx';
import { Button } from './button.tsx';
import { NewAccount } from './new-account.tsx';
import { Option } from './option.tsx';

interface FileTargetProps {
  readonly account: FileAccountView;
  readonly file: ChosenFile;
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly form: TargetForm;
}

/** In which account of the book the entries go: one that it has, a new one, or none. */
export function FileTargetForm({ account, file, state, actions, form: changed }: FileTargetProps) {
  const { id: fileId } = file;
  const { key: accountKey, name } = account;
  const accounts = accountsFor(state);
  const fillable = accounts.filter(({ type }) => type === 'asset' || type === 'liability');
  const start = startAccountForm(
    // A number makes no name that anybody knows.
    /\d{4}/.test(name) ? '' : name,
    'asset',
    fillable.length > 0 ? 'existing' : 'new',
  );
  const form = { ...start, ...changed };
  const chosen = chosenAccount(form, accounts, fillable);
  const onChange = (change: Partial<AccountForm>) =>
    actions.look({ fileId, click: { accountKey, form: changeForm(form, change) } });
  const decide = (target: FileTarget | null) =>
    actions.look({ fileId, click: { accountKey, target } });
  const isDecided = !needsTarget(file, account);
  const submit = (event: Event) => {
    event.preventDefault();
    if (typeof chosen !== 'string' && !form.isSaved) decide(toTarget(chosen, fillable));
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>Where do these entries go?</legend>
        {(['existing', 'new'] as const).map((source) => (
          <Option
            key={source}
            name="source"
            text={source === 'new' ? 'A new account' : 'One of your accounts'}
            isChosen={form.source === source}
            onChoose={() => onChange({ source })}
          />
        ))}
        {form.source === 'existing' ? (
          <AccountPicker form={form} accounts={fillable} onChange={onChange} />
        ) : (
          <NewAccount form={form} accounts={accounts} onChange={onChange} />
        )}
      </fieldset>
      {typeof chosen === 'string' && form.source === 'new' && <p class="hint">{chosen}</p>}
      <div class="parts">
        <button type="submit" aria-disabled={typeof chosen === 'string' || form.isSaved}>
          Use this account
        </button>
        {isDecided ? (
          <Button
            kind="text"
            onClick={() => actions.look({ fileId, click: { accountKey, form: null } })}
          >
            Leave it
          </Button>
        ) : null}
        {account.target || !isDecided ? (
          <Button kind="text" isBusy={form.isSaved === true} onClick={() => decide(null)}>
            Do not import
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** Those of the book, with the new ones that the user has chosen for other files. */
function accountsFor(state: SidebarState): BookAccount[] {
  const chosen = state.files
    .flatMap(({ preview }) => preview?.accounts ?? [])
    .flatMap(({ target }) => (target && 'bookAccount' in target ? target.bookAccount : []));
  const accounts = new Map(bookAccounts(state).map((account) => [account.path, account]));
  for (const { path, type, currency } of chosen)
    if (!accounts.has(path)) accounts.set(path, { path, type, ...(currency && { currency }) });
  return [...accounts.values()];
}

function toTarget(
  { path, type }: Pick<BookAccount, 'path' | 'type'>,
  accounts: readonly BookAccount[],
): FileTarget {
  const { currency } = accounts.find((it) => it.path === path) ?? {};
  return {
    bookAccount: {
      path,
      type: type === 'liability' ? type : 'asset',
      ...(currency && { currency }),
    },
  };
}
