import { createActions, load } from './actions.ts';
import { bundleOf } from './bundle-of.ts';
import { keepFocus } from './keep-focus.ts';
import { filesBundle, loadedScreens } from './loaded-screens.ts';
import { type Action, reduce } from './model.ts';
import { nextPoll, pollDelayMs } from './next-poll.ts';
import { openTab } from './open-tab.ts';
import { startPolling } from './polling.ts';
import { render } from './render.ts';
import { openedDrafts, openedRules } from './review-screens.ts';
import { runScript } from './run-script.ts';
import { createServer, type ScriptRun } from './server.ts';
import { type FormName, initialState, liveConnections, type Screen } from './state.ts';
import { App } from './views/app.tsx';

declare const google: { readonly script: { readonly run: ScriptRun } };

function open(root: HTMLElement): void {
  let state = initialState;
  const show = () => {
    const shown = root.querySelector('h1')?.textContent;
    const alert = root.querySelector('[role=alert]');
    keepFocus(root, () => render(<App state={state} actions={actions} />, root));
    // It stands on top, and may be about a click far below.
    if (!alert) root.querySelector('[role=alert]')?.scrollIntoView();
    const heading = root.querySelector('h1');
    // A screen that opens takes the keyboard with it, and a screen reader begins there; not from who types in the grid.
    if (!shown || heading?.textContent === shown || !document.hasFocus()) return;
    heading?.focus();
    root.querySelector('.tree :checked')?.scrollIntoView({ block: 'center' });
  };
  const server = createServer(google.script.run);
  const actions = createActions({
    server,
    openTab,
    install: runScript,
    state: () => state,
    perform: (asked) => filesBundle().perform(asked, server),
    nextCall() {
      for (const { next } of loadedScreens(state)) {
        const asked = next?.(state);
        if (asked) return asked;
      }
      return null;
    },
    dispatch(action: Action) {
      const before = state;
      state = reduce(before, action);
      for (const bundle of loadedScreens(state))
        state = bundle.reduce?.(before, state, action) ?? state;
      show();
      polling?.adjust();
    },
  });
  const begin = (start: string) => {
    if (start === 'members') actions.open({ name: 'members' });
    else if (start === 'drafts') actions.open(openedDrafts);
    else if (start === 'rules') actions.open(openedRules);
    else if (start === 'import') actions.open({ name: 'import' });
    else if (start !== 'sync') actions.openForm(start as FormName, null);
    else if (liveConnections(state).length > 0) void actions.ask({ call: 'syncNow', args: {} });
  };
  let polling: ReturnType<typeof startPolling> | undefined;
  show();
  // The menu adds this mark at the end of the page.
  const start = document.querySelector<HTMLMetaElement>('meta[name="bookfeed-start"]')?.content;
  // Most of what the menu opens.
  if (start && start !== 'sync') {
    // A form is named by itself.
    const bundle = bundleOf[start as Screen['name']] ?? 'screens';
    void actions.ask({ call: 'readScreens', bundle });
  }
  void load(actions).then(() => {
    polling = startPolling(
      () => actions.ask(nextPoll(state)),
      () => pollDelayMs(state),
    );
    if (start && state.overview) begin(start);
  });
}

// Later than the script: what the menu adds stands after it.
document.addEventListener('DOMContentLoaded', () => {
  const root = document.getElementById('sidebar');
  if (root) open(root);
});
