import type { Actions } from '../actions.ts';
import { load } from '../actions.ts';
import { findAccount, liveConnections, type SidebarState } from '../model.ts';
import { createWording } from '../wording.ts';
import { Banks } from './banks.tsx';
import { Button } from './button.tsx';
import { Connect } from './connect.tsx';
import { LinkAccount } from './link-account.tsx';
import { Notice } from './notice.tsx';
import { SheetNotice } from './sheet-notice.tsx';
import { Start } from './start.tsx';

/** The whole sidebar. */
export function App({ state, actions }: { state: SidebarState; actions: Actions }) {
  return (
    <main>
      <p class="said" role="status">
        {state.said}
      </p>
      <Trouble state={state} actions={actions} />
      {state.overview?.sheetFailure && state.screen.name === 'banks' && (
        <SheetNotice
          failure={state.overview.sheetFailure}
          serviceAccount={state.overview.serviceAccount}
          isCopied={state.isCopied}
          onCopied={actions.tellCopied}
        />
      )}
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
  if (liveConnections(state).length === 0) return <Start actions={actions} />;
  return <Banks state={state} overview={overview} actions={actions} words={words} />;
}

/** The call that failed last: what happened, what to do, and the way to try again. */
function Trouble({ state, actions }: { state: SidebarState; actions: Actions }) {
  const { trouble } = state;
  if (!trouble) return null;
  const again = () => {
    if (trouble.asked.call === 'startConnect') void actions.connect();
    else if (state.book && state.overview) void actions.ask(trouble.asked);
    else void load(actions);
  };
  const isTrying = state.asked.some(({ call }) => call === trouble.asked.call);
  return (
    <Notice failure={trouble.failure} isAlert>
      <Button onClick={again} isBusy={isTrying}>
        {isTrying ? 'Trying…' : 'Try again'}
      </Button>
    </Notice>
  );
}
