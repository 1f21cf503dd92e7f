import type { Actions } from '../actions.ts';
import { findAccount, liveConnections, type SidebarState } from '../state.ts';
import { createWording } from '../wording.ts';
import { Banks } from './banks.tsx';
import { Connect } from './connect.tsx';
import { LinkAccount } from './link-account.tsx';
import { Preview } from './preview.tsx';
import { Start } from './start.tsx';
import { Trouble } from './trouble.tsx';
import { Undo } from './undo.tsx';

/** The whole sidebar. */
export function App({ state, actions }: { state: SidebarState; actions: Actions }) {
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

function Screen({ state, actions }: { state: SidebarState; actions: Actions }) {
  const { book, overview, screen } = state;
  if (!book || !overview) return state.trouble ? null : <p class="wait">Opening your book…</p>;
  const words = createWording(book.locale);
  if (screen.name === 'connect') return <Connect screen={screen} actions={actions} />;
  if (screen.name === 'link') {
    const found = findAccount(state, screen.connectionId, screen.accountKey);
    const { form } = screen;
    return <LinkAccount {...{ state, actions, words, form, found }} />;
  }
  if (screen.name === 'preview') return <Preview {...{ state, actions, words, screen }} />;
  if (screen.name === 'undo') return <Undo {...{ state, actions, words, screen }} />;
  if (liveConnections(state).length === 0) return <Start actions={actions} />;
  return <Banks {...{ state, actions, words }} />;
}
