import type { ConnectionView } from '../../../shared/api.ts';
import type { FailureView } from '../../../shared/failures.ts';
import type { Actions } from '../actions.ts';
import {
  canSync,
  isCalling,
  isSyncing,
  runToUndo,
  type SidebarState,
  unclearAccounts,
} from '../state.ts';
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
  const { id, name, accounts, lastResult } = connection;
  const { colour, text } = stateWords(connection);
  const failure = connection.failure ?? lastResult?.failure;
  const isBusy = isSyncing(state, connection);
  const isReady = canSync(connection) && !isBusy;
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
        {isReady && (
          <Menu
            id={`menu-${id}`}
            label={`More for ${name}`}
            items={[{ text: 'Preview a sync', onChoose: () => actions.openPreview(id) }]}
          />
        )}
      </header>
      <p class="quiet">
        {words.syncTimes(state.overview?.now ?? '', connection)}
        <br />
        {words.access(connection)}
      </p>
      {unclearAccounts(connection).map((account) => (
        <WhichAccount
          key={account.key}
          account={account}
          words={words}
          isBusy={isCalling(state, 'identifyAccount')}
          onChoose={(externalId) => {
            const args = { connectionId: id, accountKey: account.key, externalId };
            void actions.ask({ call: 'identifyAccount', args });
          }}
        />
      ))}
      {failure && !isBusy && (
        <Notice failure={failure}>
          {canReconnect(failure) && <Button onClick={actions.connect}>Reconnect</Button>}
        </Notice>
      )}
      {isBusy && <Progress connection={connection} words={words} />}
      {!isBusy && <Result {...{ connection, state, actions, words, isReady }} />}
      {accounts.map((account) => (
        <Account
          key={account.key}
          account={account}
          words={words}
          onLink={() => actions.openLink(id, account.key)}
          onShowRow={(entryId) => actions.ask({ call: 'showRow', id: entryId })}
        />
      ))}
    </article>
  );
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
        {run && (
          <Button
            kind="text"
            label={`${undo}: ${run.kind} of ${name}`}
            onClick={() => actions.openUndo(run)}
          >
            {undo}
          </Button>
        )}
      </p>
      {isReady && (
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

/** Whether going to the bank again may mend it, or force what would mend itself later. */
function canReconnect({ colour, acts }: FailureView): boolean {
  return colour !== 'grey' && acts !== 'operator';
}

function Progress({ connection, words }: Pick<ConnectionProps, 'connection' | 'words'>) {
  const progress = connection.progress ?? { step: 'waiting' };
  return (
    <Waiting {...progress} text={words.progress(progress)} label={`Sync of ${connection.name}`} />
  );
}
