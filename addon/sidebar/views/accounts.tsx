import type { AccountView } from '../../../shared/api.ts';
import type { Actions } from '../actions.ts';
import { findConnection, isCalling, type Screen, type SidebarState } from '../state.ts';
import { accountNumber, accountTypeWords, foundWords, type Wording } from '../wording.ts';
import { Proposal } from './proposal.tsx';

interface AccountsProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: Extract<Screen, { name: 'accounts' }>;
}

/** The details of each account of a bank, and whether it has shown a new one. */
export function Accounts({ state, actions, words, screen }: AccountsProps) {
  const { connectionId, known } = screen;
  const connection = findConnection(state, connectionId);
  const isFinding = isCalling(state, 'findAccounts');
  return (
    <Proposal
      title="Accounts"
      about={connection?.name ?? ''}
      waiting={isFinding && 'Asking the bank for accounts…'}
      isDoing={false}
      onDo={actions.openBanks}
      leave="Back"
      actions={actions}
    >
      {connection && !isFinding && !state.trouble && <p>{foundWords(connection, known)}</p>}
      {connection?.accounts.map((account) => (
        <div key={account.key} class="account">
          <h2>{account.name || accountTypeWords[account.type]}</h2>
          <dl>
            {details(account, words).map(
              ([term, text]) =>
                text && (
                  <div key={term} class="row">
                    <dt class="quiet">{term}</dt>
                    <dd>{text}</dd>
                  </div>
                ),
            )}
          </dl>
        </div>
      ))}
    </Proposal>
  );
}

function details(account: AccountView, words: Wording): readonly (readonly [string, unknown])[] {
  const { holder, product, type, currency, balance, available, kept, feed } = account;
  const sum = (text: string | undefined) => text && words.amount(text, currency);
  return [
    ['Holder', holder],
    ['Number', accountNumber(account)],
    ['Type', accountTypeWords[type]],
    ['Product', product],
    ['Currency', currency],
    ['Balance', sum(balance)],
    ['Available', sum(available)],
    ['Complete', kept && `${words.day(kept.from)} – ${words.day(kept.to)}`],
    ['Fills', feed?.bookAccount.path ?? 'not linked yet'],
    ['Rows from', feed && words.day(feed.from)],
  ];
}
