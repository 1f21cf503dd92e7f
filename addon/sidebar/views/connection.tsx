import type { ConnectionView } from '../../../shared/api.ts';
import type { Actions } from '../actions.ts';
import { bankMenu } from '../bank-menu.ts';
import {
  canSync,
  isCalling,
  isSyncing,
  may,
  mayConnect,
  runToUndo,
  type SidebarState,
} from '../state.ts';
import { type Need, tellNeeds } from '../tell-needs.ts';
import { stateWords, type Wording } from '../wording.ts';
import { Account } from './account.tsx';
import { Button } from './button.tsx';
import { Menu } from './menu.tsx';
import { Notice } from './notice.tsx';
import { Waiting } from './waiting.tsx';
import { WhichAccount } from './which-account.tsx';

interface ConnectionProps {
  readonly connection: ConnectionView;
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
}

/** One bank: how it stands, what it needs, and its accounts. */
export function Connection({ connection, state, actions, words }: ConnectionProps) {
  const { id, name, accounts, advice } = connection;
  const { colour, text } = stateWords(connection);
  const isBusy = isSyncing(state, connection);
  const isReady = canSync(connection) && !isBusy;
  const onNeed = ({ button }: Need) => {
    if (button === 'Reconnect' || button === 'Renew') void actions.connect({ connectionId: id });
    else actions.openForm('confirm', id);
  };
  return (
    <article aria-label={name}>
      <header class="bank">
        <span class="initial" aria-hidden="true">
          {[...name][0]?.toUpperCase()}
        </span>
        <div>
          <h2>{name}</h2>
          <p>
            <span class={`dot ${colour}`} aria-hidden="true" />
            {text}
          </p>
        </div>
        <Menu
          id={`menu-${id}`}
          label={`More for ${name}`}
          items={bankMenu(state, connection, actions)}
        />
      </header>
      <p class="quiet">
        {words.syncTimes(state.overview?.now ?? '', connection)}
        <br />
        {words.access(connection)}
      </p>
      <Unclear {...{ connection, state, actions, words }} />
      {tellNeeds(state, connection, words).map((need) => (
        <Notice key={need.notice.text} failure={need.notice}>
          {need.button && (
            <Button label={`${need.button}: ${name}`} onClick={() => onNeed(need)}>
              {need.button}
            </Button>
          )}
        </Notice>
      ))}
      {advice && mayConnect(state, connection) && (
        <p class="hint">
          Direct access to this bank fails often. Open banking may hold better.{' '}
          <Button kind="text" onClick={() => actions.openForm('wayIn', id)}>
            See what changes
          </Button>
        </p>
      )}
      {isBusy && <Progress connection={connection} words={words} />}
      {!isBusy && <Result {...{ connection, state, actions, words, isReady }} />}
      {accounts.map((account) => (
        <Account
          key={account.key}
          account={account}
          words={words}
          onLink={may(state, 'linkAccount') ? () => actions.openLink(id, account.key) : undefined}
          onShowRow={(entryId) => actions.ask({ call: 'showRow', id: entryId })}
        />
      ))}
    </article>
  );
}

/** Accounts of which the user has to say which of the bank's they are. */
function Unclear({ connection, state, actions, words }: ConnectionProps) {
  return connection.accounts.map((account) => {
    if (!account.candidates?.length || !may(state, 'identifyAccount')) return null;
    return (
      <WhichAccount
        key={account.key}
        account={account}
        words={words}
        isBusy={isCalling(state, 'identifyAccount')}
        onChoose={(externalId) => {
          const args = { connectionId: connection.id, accountKey: account.key, externalId };
          void actions.ask({ call: 'identifyAccount', args });
        }}
      />
    );
  });
}

/** What the last sync brought, how to take it back, and the way to the next one. */
function Result(props: ConnectionProps & { readonly isReady: boolean }) {
  const { connection, state, actions, words, isReady } = props;
  const { id, name, lastResult } = connection;
  const run = runToUndo(state, connection);
  if (!isReady && !run) return null;
  const isLast = run?.at === lastResult?.at;
  const undo = run && (isLast ? 'Undo' : `Undo ${words.run(state.overview?.now ?? '', run)}`);
  return (
    <div class="row">
      <p>
        {lastResult && words.result(lastResult)}{' '}
        {run && may(state, 'undoRun') && (
          <Button
            kind="text"
            label={`${undo}: ${run.kind} of ${name}`}
            onClick={() => actions.open({ name: 'undo', run, told: null, isDone: false })}
          >
            {undo}
          </Button>
        )}
      </p>
      {isReady && may(state, 'syncNow') && (
        <Button
          label={`Sync ${name} now`}
          onClick={() => actions.ask({ call: 'syncNow', args: { connectionId: id } })}
        >
          Sync now
        </Button>
      )}
    </div>
  );
}

function Progress({ connection, words }: Pick<ConnectionProps, 'connection' | 'words'>) {
  const progress = connection.progress ?? { step: 'waiting' };
  return (
    <Waiting {...progress} text={words.progress(progress)} label={`Sync of ${connection.name}`} />
  );
}
