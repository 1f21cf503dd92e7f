import type { LinkForm } from './link-form.ts';
import { type Action, type Asked, isAsked, type SidebarState } from './model.ts';
import type { Server } from './server.ts';

/** What a click does. */
export interface Actions {
  /** Makes a call and takes its answer in; the same call is never under way twice. */
  ask(asked: Asked): Promise<void>;
  /** Asks for a link to the connect page and goes there in a new tab. */
  connect(): Promise<void>;
  /** The user has followed the link. */
  tellTabOpened(): void;
  tellCopied(): void;
  openBanks(): void;
  openLink(connectionId: string, accountKey: string): void;
  changeForm(change: Partial<LinkForm>): void;
}

/** What the actions work on. */
interface Sidebar {
  readonly server: Server;
  /** Whether the browser let the tab open. */
  readonly openTab: (url: string) => boolean;
  state(): SidebarState;
  dispatch(action: Action): void;
}

export function createActions({ server, openTab, state, dispatch }: Sidebar): Actions {
  async function ask(asked: Asked): Promise<void> {
    if (isAsked(state(), asked)) return;
    dispatch({ type: 'asked', asked });
    dispatch(await answerTo(asked));
  }

  async function answerTo(asked: Asked): Promise<Action> {
    if (asked.call === 'readBook') {
      const result = await server.readBook();
      if (result.ok) return { type: 'bookCame', asked, book: result.value };
      return { type: 'failed', asked, failure: result.failure };
    }
    const { call } = asked;
    const result = await server.callCloud(call, 'args' in asked ? asked.args : {});
    if (!result.ok) return { type: 'failed', asked, failure: result.failure };
    if ('url' in result.value) return { type: 'urlCame', asked, url: result.value.url };
    return { type: 'overviewCame', asked, overview: result.value };
  }

  const tellTabOpened = () => dispatch({ type: 'tabOpened' });
  return {
    ask,
    async connect() {
      await ask({ call: 'startConnect' });
      const { screen } = state();
      if (screen.name === 'connect' && screen.url && openTab(screen.url)) tellTabOpened();
    },
    tellTabOpened,
    tellCopied: () => dispatch({ type: 'copied' }),
    openBanks: () => dispatch({ type: 'banksOpened' }),
    openLink(connectionId, accountKey) {
      dispatch({ type: 'linkOpened', connectionId, accountKey });
      // The user may have changed the accounts since.
      void ask({ call: 'readBook' });
    },
    changeForm: (change) => dispatch({ type: 'formChanged', change }),
  };
}

/** Asks for all that the sidebar needs to show anything. */
export async function load({ ask }: Actions): Promise<void> {
  await Promise.all([ask({ call: 'readBook' }), ask({ call: 'overview' })]);
}
