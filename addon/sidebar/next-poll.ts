import type { ConfirmationView } from '../../shared/api.ts';
import {
  type Asked,
  findConnection,
  isSyncing,
  liveConnections,
  type SidebarState,
} from './state.ts';

/** What the bank asks on the screen that is open, as long as it waits. */
function askedByBank(state: SidebarState): ConfirmationView | undefined {
  const { screen, overview } = state;
  if (screen.name !== 'form' || screen.form !== 'confirm') return undefined;
  const waiting = findConnection(state, screen.about ?? '')?.confirmation;
  return waiting && overview && waiting.expiresAt > overview.now ? waiting : undefined;
}

/** What is asked again and again: how things stand, or whether an approval was given that the user looks at. */
export function nextPoll(state: SidebarState): Asked {
  const { screen } = state;
  const isApproval = askedByBank(state)?.confirmation.kind === 'approval';
  if (!isApproval || screen.name !== 'form' || !screen.about) return { call: 'overview' };
  const args = { connectionId: screen.about, answer: { kind: 'poll' } } as const;
  return { call: 'answerConfirmation', args };
}

/** Whether nobody has clicked for the call. */
export function isPoll(asked: Asked): boolean {
  if (asked.call === 'answerConfirmation') return asked.args.answer.kind === 'poll';
  return asked.call === 'overview';
}

/** How long after an answer that is asked. */
export function pollDelayMs(state: SidebarState): number {
  if (state.trouble && isPoll(state.trouble.asked)) return 20_000;
  if (liveConnections(state).some((connection) => isSyncing(state, connection))) return 1000;
  if (state.overview?.imports.some((it) => it.state === 'importing' || it.rows)) return 1000;
  const confirmation = askedByBank(state)?.confirmation;
  if (confirmation)
    return confirmation.kind === 'approval' ? confirmation.everySeconds * 1000 : 5000;
  return state.screen.name === 'connect' ? 2000 : 20_000;
}
