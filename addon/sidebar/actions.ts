import type { ApiAnswers, ApiArgs, RunView } from '../../shared/api.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { Book } from '../server/book.ts';
import { askPresence } from './ask-presence.ts';
import { bundleOf } from './bundle-of.ts';
import type { LinkForm } from './link-form.ts';
import type { Action, Look, ReviewAnswer, Told } from './model.ts';
import type { Answered, Server } from './server.ts';
import { startValue } from './start-value.ts';
import {
  type Asked,
  canDeliver,
  type FileEffect,
  type FormName,
  isAsked,
  isOfBank,
  liveConnections,
  type Screen,
  type SidebarState,
} from './state.ts';

/** What a click does. */
export interface Actions {
  /** Makes a call and takes its answer in; the same call is never under way twice. */
  ask(asked: Asked): Promise<void>;
  /** Asks for a link to the connect page, for a new bank or to that connection, and goes there in a new tab. */
  connect(args?: ApiArgs<'startConnect'>): Promise<void>;
  /** The user has followed the link. */
  tellTabOpened(): void;
  tellCopied(): void;
  /** Opens a screen, and asks for what it shows. */
  open(screen: Screen): void;
  openBanks(): void;
  /** Opens a form about that connection or member; null: about the only bank, or one that is still to be chosen. */
  openForm(form: FormName, about: string | null): void;
  changeValue(value: string): void;
  openLink(connectionId: string, accountKey: string): void;
  changeForm(change: Partial<LinkForm>): void;
  undo(run: RunView): Promise<void>;
  /** A click in a review, or on the import screen. */
  look(change: Look): void;
}

/** What the actions work on. */
interface Sidebar {
  readonly server: Server;
  /** Whether the browser let the tab open. */
  readonly openTab: (url: string) => boolean;
  /** Runs the code of a bundle of screens. */
  readonly install: (script: string) => void;
  /** What the browser does with a file. */
  readonly perform: (asked: FileEffect) => Promise<Answered<{ readonly parts: number } | null>>;
  /** What is to be asked by what stands in the state. */
  nextCall(): Asked | null;
  state(): SidebarState;
  dispatch(action: Action): void;
}

export function createActions(sidebar: Sidebar): Actions {
  const { server, state, dispatch } = sidebar;

  async function ask(asked: Asked): Promise<void> {
    if (isAsked(state(), asked)) return;
    dispatch({ type: 'asked', asked });
    const result = await call(asked);
    const action: Action = result.ok
      ? toAction(asked, result.value)
      : { type: 'failed', asked, failure: result.failure };
    dispatch(action);
    // The bank asks its user first; or it refuses an answer, and may wait for another one or no more.
    if (action.type === 'failed' && changesQuestion(action)) void ask({ call: 'overview' });
    // Once for each picture: what cannot be written now is tried again with the next one.
    const isNews = action.type === 'overviewCame' && asked.call !== 'deliverRows';
    if (isNews && canDeliver(action.overview)) void ask({ call: 'deliverRows' });
    goOn();
  }

  const goOn = () => {
    const asked = sidebar.nextCall();
    if (asked) void ask(asked);
  };

  async function call(asked: Asked) {
    switch (asked.call) {
      case 'readScreens': {
        const answer = await server.readScreens(asked.bundle);
        if (answer.ok) sidebar.install(answer.value);
        return answer;
      }
      case 'showRow':
        return server.showRow(asked.id);
      case 'addRule':
        return server.addRule(asked.rule);
      case 'acceptDrafts':
        return server.acceptDrafts(asked.drafts);
      case 'packFile':
      case 'putFile':
        return sidebar.perform(asked);
      case 'readBook':
      case 'deliverRows':
      case 'reviewDrafts':
      case 'reviewRules':
      case 'suggestAgain':
        return server[asked.call]();
    }
    const presence = await askPresence(asked, state().overview?.presenceUrl);
    return server.callCloud(asked.call, 'args' in asked ? asked.args : {}, presence);
  }

  const open = (screen: Screen) => {
    dispatch({ type: 'opened', screen });
    const asked = askedByOpening(screen);
    if (asked) void ask(asked);
    goOn();
    needScreens();
  };
  const needScreens = () => {
    const { bundles, screen } = state();
    const bundle = bundleOf[screen.name];
    if (bundle && !bundles.includes(bundle)) void ask({ call: 'readScreens', bundle });
  };
  const tellTabOpened = () => dispatch({ type: 'tabOpened' });
  return {
    ask,
    async connect(args = {}) {
      await ask({ call: 'startConnect', args });
      const { screen } = state();
      if (screen.name === 'connect' && screen.url && sidebar.openTab(screen.url)) tellTabOpened();
    },
    tellTabOpened,
    tellCopied: () => dispatch({ type: 'copied' }),
    open,
    openBanks: () => open({ name: 'banks' }),
    openForm(form, about) {
      const [only, ...others] = liveConnections(state());
      const id = about ?? (only && others.length === 0 && isOfBank(form) ? only.id : null);
      open({ name: 'form', form, about: id, value: startValue(state(), form, id) });
    },
    changeValue: (value) => dispatch({ type: 'valueChanged', value }),
    openLink(connectionId, accountKey) {
      dispatch({ type: 'linkOpened', connectionId, accountKey });
      needScreens();
      // The user may have changed the accounts since.
      void ask({ call: 'readBook' });
    },
    changeForm: (change) => dispatch({ type: 'formChanged', change }),
    async undo({ id }) {
      await ask({ call: 'undoRun', args: { runId: id, preview: false } });
      await ask({ call: 'overview' });
    },
    look(change) {
      dispatch({ type: 'looked', change });
      goOn();
    },
  };
}

function changesQuestion({ asked, failure }: Extract<Action, { type: 'failed' }>): boolean {
  if (failure.code === 'needs-confirmation') return true;
  return asked.call === 'answerConfirmation' && failure.acts === 'user';
}

/** What a screen shows that is not known yet. */
function askedByOpening(screen: Screen): Asked | null {
  switch (screen.name) {
    case 'preview':
      return { call: 'previewSync', args: { connectionId: screen.connectionId } };
    case 'undo':
      return { call: 'undoRun', args: { runId: screen.run.id, preview: true } };
    case 'log':
      return { call: 'accessLog', args: { connectionId: screen.connectionId } };
    case 'members':
      return { call: 'members', args: {} };
    case 'accounts':
      return screen.known && { call: 'findAccounts', args: { connectionId: screen.connectionId } };
    default:
      return null;
  }
}

type Answer =
  | Book
  | string
  | boolean
  | null
  | Told
  | ReviewAnswer
  | { readonly parts: number }
  | ApiAnswers['overview' | 'startConnect' | 'accessLog' | 'members' | 'previewFile'];

/** Each answer is known by what it holds. */
function toAction(asked: Asked, answer: Answer): Action {
  if (answer === false) return { type: 'failed', asked, failure: noRow };
  if (typeof answer === 'string') return { type: 'screensCame', asked };
  if (typeof answer === 'number') return { type: 'reviewCame', asked, answer };
  if (answer === true || answer === null) return { type: 'done', asked };
  if ('locale' in answer) return { type: 'bookCame', asked, book: answer };
  if ('url' in answer) return { type: 'urlCame', asked, url: answer.url };
  if ('isEnd' in answer) return { type: 'logCame', asked, log: answer };
  if ('members' in answer) return { type: 'membersCame', asked, members: answer.members };
  if ('removed' in answer) return { type: 'toldCame', asked, told: answer };
  if ('parts' in answer) return { type: 'packed', asked, parts: answer.parts };
  if ('format' in answer) return { type: 'previewCame', asked, preview: answer };
  if ('connections' in answer) return { type: 'overviewCame', asked, overview: answer };
  return { type: 'reviewCame', asked, answer };
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
