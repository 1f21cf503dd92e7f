import type { Actions } from '../actions.ts';
import { openedDrafts } from '../review-screens.ts';
import { canSync, isSyncing, liveConnections, may, type SidebarState } from '../state.ts';
import { urgencyOf } from '../tell-needs.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Connection } from './connection.tsx';

interface BanksProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
}

/** Home: every connection with its accounts, those that need the user first. */
export function Banks({ state, actions, words }: BanksProps) {
  const connections = liveConnections(state);
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
      {connections.some(({ accounts }) => accounts.some(({ feed }) => feed)) && (
        <Button kind="text" onClick={() => actions.open(openedDrafts)}>
          Review drafts
        </Button>
      )}
      {connections
        .toSorted((a, b) => urgencyOf(a) - urgencyOf(b))
        .map((connection) => (
          <Connection key={connection.id} {...{ connection, state, actions, words }} />
        ))}
      {may(state, 'startConnect') && (
        <Button kind="wide" onClick={() => actions.connect()}>
          Connect another bank
        </Button>
      )}
    </section>
  );
}
