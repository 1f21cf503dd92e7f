import type { AccountView } from '../../../shared/api.ts';
import type { ScreenProps } from '../loaded-screens.ts';
import { openedDrafts } from '../review-screens.ts';
import { canSync, isSyncing, liveConnections, may } from '../state.ts';
import { urgencyOf } from '../tell-needs.ts';
import { Button } from './button.tsx';
import { Connection } from './connection.tsx';
import { FromFiles } from './from-files.tsx';

/** Home: every connection with its accounts, those that need the user first. */
export function Banks({ state, actions, words }: ScreenProps) {
  const connections = liveConnections(state);
  const fileAccounts = state.overview?.fileAccounts ?? [];
  const ready = connections.filter(canSync);
  const isBusy = ready.every((connection) => isSyncing(state, connection));
  return (
    <section>
      <header class="row">
        <h1 tabIndex={-1}>Banks</h1>
        {ready.length > 1 && may(state, 'syncNow') && (
          <Button isBusy={isBusy} onClick={() => actions.ask({ call: 'syncNow', args: {} })}>
            Sync all now
          </Button>
        )}
      </header>
      {(fileAccounts.length > 0 || connections.some(({ accounts }) => accounts.some(isFed))) && (
        <Button kind="text" onClick={() => actions.open(openedDrafts)}>
          Review drafts
        </Button>
      )}
      {connections
        .toSorted((a, b) => urgencyOf(a) - urgencyOf(b))
        .map((connection) => (
          <Connection key={connection.id} {...{ connection, state, actions, words }} />
        ))}
      <FromFiles {...{ state, actions, words }} />
      {may(state, 'startConnect') && (
        <Button kind="wide" onClick={() => actions.connect()}>
          {connections.length > 0 ? 'Connect another bank' : 'Connect a bank'}
        </Button>
      )}
    </section>
  );
}

function isFed({ feed }: AccountView): boolean {
  return feed !== undefined;
}
