import type { Actions } from '../actions.ts';
import { screensOf } from '../loaded-screens.ts';
import { isOfBank, liveConnections, type SidebarState } from '../state.ts';
import { createWording } from '../wording.ts';
import { Banks } from './banks.tsx';
import { Button } from './button.tsx';
import { Connect } from './connect.tsx';
import { Start } from './start.tsx';
import { Trouble } from './trouble.tsx';

interface AppProps {
  readonly state: SidebarState;
  readonly actions: Actions;
}

/** The whole sidebar. */
export function App({ state, actions }: AppProps) {
  return (
    <main>
      <p class="said" role="status">
        {state.said}
      </p>
      <Trouble state={state} actions={actions} />
      <Screen state={state} actions={actions} />
    </main>
  );
}

function Screen({ state, actions }: AppProps) {
  const { book, overview, screen } = state;
  if (!book || !overview) return state.trouble ? null : <p class="wait">Opening your book…</p>;
  const words = createWording(book.locale);
  const all = { state, actions, words };
  const isBanks = screen.name === 'banks' && !overview.fileAccounts.length;
  const needsBank = screen.name === 'form' ? isOfBank(screen.form) : isBanks;
  if (screen.name === 'connect') return <Connect screen={screen} actions={actions} />;
  if (needsBank && liveConnections(state).length === 0) return <Start {...all} />;
  if (screen.name === 'banks') return <Banks {...all} />;
  const screens = screensOf(state);
  return screens ? <screens.Screen {...all} /> : <Opening {...all} />;
}

function Opening({ state, actions }: AppProps) {
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <h1 tabIndex={-1}>{state.trouble ? 'Not opened' : 'Opening…'}</h1>
    </section>
  );
}
