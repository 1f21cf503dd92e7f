import type { ConnectionView } from '../../../shared/api.ts';
import type { Instant } from '../../../shared/calendar-date.ts';
import type { FailureView } from '../../../shared/failures.ts';
import type { Actions } from '../actions.ts';
import { canSync } from '../model.ts';
import { stateWords, type Wording } from '../wording.ts';
import { Account } from './account.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface ConnectionProps {
  readonly connection: ConnectionView;
  readonly isSyncing: boolean;
  readonly now: Instant;
  readonly actions: Actions;
  readonly words: Wording;
}

/** One bank: how it stands, what it needs, and its accounts. */
export function Connection({ connection, isSyncing, now, actions, words }: ConnectionProps) {
  const { id, name, accounts, lastResult } = connection;
  const { colour, text } = stateWords(connection);
  const failure = connection.failure ?? lastResult?.failure;
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
      </header>
      <p class="quiet">
        {words.syncTimes(now, connection)}
        <br />
        {words.access(connection)}
      </p>
      {failure && !isSyncing && (
        <Notice failure={failure}>
          {canReconnect(failure) && <Button onClick={actions.connect}>Reconnect</Button>}
        </Notice>
      )}
      {isSyncing && <Progress connection={connection} words={words} />}
      {canSync(connection) && !isSyncing && (
        <div class="row">
          <p>{lastResult && words.result(lastResult)}</p>
          <Button
            label={`Sync ${name} now`}
            onClick={() => actions.ask({ call: 'syncNow', args: { connectionId: id } })}
          >
            Sync now
          </Button>
        </div>
      )}
      {accounts.map((account) => (
        <Account
          key={account.key}
          account={account}
          words={words}
          onLink={() => actions.openLink(id, account.key)}
        />
      ))}
    </article>
  );
}

/** Whether going to the bank again may mend it, or force what would mend itself later. */
function canReconnect({ colour, acts }: FailureView): boolean {
  return colour !== 'grey' && acts !== 'operator';
}

function Progress({ connection, words }: { connection: ConnectionView; words: Wording }) {
  const progress = connection.progress ?? { step: 'waiting' };
  const { done, total } = progress;
  return (
    <div class="progress">
      <p>{words.progress(progress)}</p>
      <progress
        aria-label={`Sync of ${connection.name}`}
        max={total}
        value={total === undefined ? undefined : done}
      />
    </div>
  );
}
