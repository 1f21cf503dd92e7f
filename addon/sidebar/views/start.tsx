import type { Actions } from '../actions.ts';
import { may, type SidebarState } from '../state.ts';
import { Button } from './button.tsx';

/** Before the first connection. */
export function Start({ state, actions }: { state: SidebarState; actions: Actions }) {
  return (
    <section>
      <h1 tabIndex={-1}>Your bank’s entries, in this book</h1>
      <p>
        Bookfeed brings the entries of your bank accounts into this spreadsheet as drafts, with a
        suggestion where each belongs.
      </p>
      {may(state, 'startConnect') ? (
        <Button kind="primary" onClick={() => actions.connect()}>
          Connect a bank
        </Button>
      ) : (
        <p>The owner or an admin of this book connects the first bank.</p>
      )}
      {may(state, 'importFile') && (
        <Button kind="wide" onClick={() => actions.open({ name: 'import' })}>
          Import a file
        </Button>
      )}
      {state.overview?.hasSandbox && may(state, 'startConnect') && (
        <Button kind="wide" onClick={() => actions.connect({ isSandbox: true })}>
          Try the Sandbox Bank
        </Button>
      )}
    </section>
  );
}
