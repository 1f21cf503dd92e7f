import type { AccountView, ConnectionView } from '../../../shared/api.ts';
import type { Actions } from '../actions.ts';
import { tellEffects } from '../link-effects.ts';
import { completeForm, type LinkForm, startDay } from '../link-form.ts';
import { bookAccounts, freeFor, isCalling, type SidebarState, today } from '../state.ts';
import { accountNumber, type Wording } from '../wording.ts';
import { AccountPicker } from './account-picker.tsx';
import { Button } from './button.tsx';
import { NewAccount } from './new-account.tsx';
import { Option } from './option.tsx';
import { PeriodPicker } from './period-picker.tsx';

interface LinkAccountProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly form: LinkForm;
  readonly found: { readonly connection: ConnectionView; readonly account: AccountView } | null;
}

/** Which account of the book a bank account fills, and from which day on. */
export function LinkAccount({ state, actions, words, form, found }: LinkAccountProps) {
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      {found ? (
        <Form {...{ state, actions, words, form, ...found }} />
      ) : (
        <p>This account is no longer connected.</p>
      )}
    </section>
  );
}

type FormProps = Omit<LinkAccountProps, 'found'> & NonNullable<LinkAccountProps['found']>;

function Form({ state, actions, words, form, connection, account }: FormProps) {
  const accounts = bookAccounts(state);
  const free = freeFor(state, account);
  const day = today(state);
  const from = startDay(form, day, account.historyDays);
  const complete = completeForm(form, accounts, free, from, day);
  const isAsking = isCalling(state, 'linkAccount');
  const submit = (event: Event) => {
    event.preventDefault();
    if (!('feed' in complete) || isAsking) return;
    const args = { connectionId: connection.id, accountKey: account.key, ...complete.feed };
    void actions.ask({ call: 'linkAccount', args });
  };
  const number = accountNumber(account);
  return (
    <form onSubmit={submit} noValidate>
      <h1 tabIndex={-1}>
        {account.feed ? `Change the link of ${account.name}` : `Link ${account.name}`}
      </h1>
      <p class="quiet">{[connection.name, number].filter(Boolean).join(' · ')}</p>
      <fieldset>
        <legend>Account of your book</legend>
        <Option
          name="source"
          text="One of your accounts"
          isChosen={form.source === 'existing'}
          onChoose={() => actions.changeForm({ source: 'existing' })}
        />
        <Option
          name="source"
          text="A new account"
          isChosen={form.source === 'new'}
          onChoose={() => actions.changeForm({ source: 'new' })}
        />
        {form.source === 'existing' ? (
          <AccountPicker form={form} accounts={free} onChange={actions.changeForm} />
        ) : (
          <NewAccount form={form} accounts={accounts} onChange={actions.changeForm} />
        )}
      </fieldset>
      <PeriodPicker
        form={form}
        account={account}
        bank={connection.institution}
        today={day}
        words={words}
        onChange={actions.changeForm}
      />
      {('feed' in complete ? tellEffects(state, account, complete.feed) : []).map((text) => (
        <p key={text} class="hint">
          {text}
        </p>
      ))}
      {'toDo' in complete && (
        <p id="to-do" class="hint" role="status">
          {complete.toDo}
        </p>
      )}
      <button
        type="submit"
        class="primary wide"
        aria-disabled={isAsking || 'toDo' in complete}
        aria-describedby={'toDo' in complete ? 'to-do' : undefined}
      >
        {isAsking ? 'Linking…' : account.feed ? 'Save' : 'Link and sync'}
      </button>
    </form>
  );
}
