import type { ConnectionView } from '../../../shared/api.ts';
import type { Actions } from '../actions.ts';
import {
  canSync,
  isSyncing,
  liveConnections,
  type SidebarState,
  unclearAccounts,
} from '../state.ts';
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
        {ready.length > 1 && (
          <Button isBusy={isBusy} onClick={() => actions.ask({ call: 'syncNow', args: {} })}>
            Sync all now
          </Button>
        )}
      </header>
      {connections
        .toSorted((a, b) => urgency(a) - urgency(b))
        .map((connection) => (
          <Connection key={connection.id} {...{ connection, state, actions, words }} />
        ))}
      <Button kind="wide" onClick={actions.connect}>
        Connect another bank
      </Button>
    </section>
  );
}

/** Red before orange before all others, which stay in their order. */
function urgency(connection: ConnectionView): number {
  const { state } = connection;
  if (state === 'broken' || state === 'expired') return 0;
  if (unclearAccounts(connection).length > 0) return 0;
  if (state === 'needs-user' || state === 'expiring' || state === 'failing') return 1;
  return 2;
}
