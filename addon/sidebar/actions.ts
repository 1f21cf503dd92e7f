import type { ApiAnswers, RunView } from '../../shared/api.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { Book } from '../server/book.ts';
import type { LinkForm } from './link-form.ts';
import type { Action, Told } from './model.ts';
import type { Server } from './server.ts';
import { type Asked, canDeliver, isAsked, type Screen, type SidebarState } from './state.ts';

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
  openPreview(connectionId: string): void;
  openUndo(run: RunView): void;
  undo(run: RunView): Promise<void>;
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
    const result = await call(asked);
    const action: Action = result.ok
      ? toAction(asked, result.value)
      : { type: 'failed', asked, failure: result.failure };
    dispatch(action);
    // Once for each picture: what cannot be written now is tried again with the next one.
    const isNews = action.type === 'overviewCame' && asked.call !== 'deliverRows';
    if (isNews && canDeliver(action.overview)) void ask({ call: 'deliverRows' });
  }

  function call(asked: Asked) {
    if (asked.call === 'readBook') return server.readBook();
    if (asked.call === 'showRow') return server.showRow(asked.id);
    if (asked.call === 'deliverRows') return server.deliverRows();
    return server.callCloud(asked.call, 'args' in asked ? asked.args : {});
  }

  const open = (screen: Screen) => dispatch({ type: 'opened', screen });
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
    openBanks: () => open({ name: 'banks' }),
    openLink(connectionId, accountKey) {
      dispatch({ type: 'linkOpened', connectionId, accountKey });
      // The user may have changed the accounts since.
      void ask({ call: 'readBook' });
    },
    changeForm: (change) => dispatch({ type: 'formChanged', change }),
    openPreview(connectionId) {
      open({ name: 'preview', connectionId, told: null });
      void ask({ call: 'previewSync', args: { connectionId } });
    },
    openUndo(run) {
      open({ name: 'undo', run, told: null, isDone: false });
      void ask({ call: 'undoRun', args: { runId: run.id, preview: true } });
    },
    async undo({ id }) {
      await ask({ call: 'undoRun', args: { runId: id, preview: false } });
      await ask({ call: 'overview' });
    },
  };
}

type Answer = Book | boolean | null | Told | ApiAnswers['overview' | 'startConnect'];

/** Each answer is known by what it holds. */
function toAction(asked: Asked, answer: Answer): Action {
  if (answer === false) return { type: 'failed', asked, failure: noRow };
  if (answer === true || answer === null) return { type: 'done', asked };
  if ('locale' in answer) return { type: 'bookCame', asked, book: answer };
  if ('url' in answer) return { type: 'urlCame', asked, url: answer.url };
  if ('removed' in answer) return { type: 'toldCame', asked, told: answer };
  return { type: 'overviewCame', asked, overview: answer };
}

/** A row that is sought and not there is no defect, and to try again would not help. */
const noRow: FailureView = {
  code: 'not-found',
  colour: 'grey',
  acts: 'user',
  retries: false,
  text: 'Your book has no row for that entry.',
  advice: 'It was deleted, or its day is before the first that makes rows.',
};

/** Asks for all that the sidebar needs to show anything. */
export async function load({ ask }: Actions): Promise<void> {
  await Promise.all([ask({ call: 'readBook' }), ask({ call: 'overview' })]);
}
