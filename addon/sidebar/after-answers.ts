import type { ApiAnswers } from '../../shared/api.ts';
import { awaitResults } from './await-results.ts';
import { isPoll } from './next-poll.ts';
import { type Asked, findConnection, formCalls, type SidebarState } from './state.ts';
import { foundWords } from './wording.ts';

/** Leaves a form that has done its work; a bank's question stays as long as the bank waits for its answer. */
export function afterForm(before: SidebarState, state: SidebarState, asked: Asked): SidebarState {
  const { screen } = state;
  if (screen.name !== 'form') return state;
  const banks = { ...state, screen: { name: 'banks' } } as const;
  const isAnswered = asked.call === formCalls[screen.form];
  if (screen.form !== 'confirm')
    return isAnswered ? { ...banks, said: state.said || 'Saved.' } : state;
  const connection = findConnection(state, screen.about ?? '');
  if (connection?.confirmation) {
    // The next question has another answer.
    if (!isAnswered || isPoll(asked)) return state;
    return { ...state, screen: { ...screen, value: '' }, said: 'Your bank asks for more.' };
  }
  const asking = findConnection(before, connection?.id);
  const isLetIn = connection && asking && connection.confirmedAt !== asking.confirmedAt;
  // Then what waited for it goes on.
  return isLetIn ? awaitResults(banks, [connection]) : banks;
}

/** Says what accounts the bank has shown; what it asks first instead is asked of the user at once. */
export function afterLooking(state: SidebarState, asked: Asked): SidebarState {
  const { screen } = state;
  if (screen.name !== 'accounts' && screen.name !== 'preview') return state;
  const { connectionId: about } = screen;
  const connection = findConnection(state, about);
  if (!connection) return state;
  const isWaiting = screen.name === 'accounts' ? screen.known !== null : screen.told === null;
  if (isWaiting && connection.confirmation && connection.isMine) {
    return { ...state, trouble: null, screen: { name: 'form', form: 'confirm', about, value: '' } };
  }
  if (screen.name !== 'accounts' || asked.call !== 'findAccounts') return state;
  return { ...state, said: foundWords(connection, screen.known) };
}

/** Leaves the form of a role for the list. */
export function afterMembers(state: SidebarState, asked: Asked): SidebarState {
  const isForm = state.screen.name === 'form' && asked.call === 'setRole';
  return isForm ? { ...state, screen: { name: 'members' }, said: 'Saved.' } : state;
}

/** What is older goes under what is there. */
export function afterLog(
  state: SidebarState,
  asked: Asked,
  { accesses, isEnd }: ApiAnswers['accessLog'],
): SidebarState {
  const { screen } = state;
  if (asked.call !== 'accessLog' || screen.name !== 'log') return state;
  const { connectionId, before } = asked.args;
  if (connectionId !== screen.connectionId) return state;
  const newer = before ? (screen.log?.accesses ?? []) : [];
  return { ...state, screen: { ...screen, log: { accesses: [...newer, ...accesses], isEnd } } };
}
