import type { ConnectionView } from '../../shared/api.ts';
import type { FailureView } from '../../shared/failures.ts';
import { canSync, isSyncing, may, mayConnect, type SidebarState } from './state.ts';
import type { Wording } from './wording.ts';

/** Something that a connection needs, or that is told of it, with the button that does it. */
export interface Need {
  readonly notice: Pick<FailureView, 'colour' | 'text' | 'detail' | 'advice'>;
  /** Absent where the user cannot do it. */
  readonly button?: NeedButton | false | undefined;
}

export type NeedButton = 'Enter code' | 'Approve' | 'Go on' | 'Reconnect' | 'Renew';

/** What a connection needs of its user, the most urgent first. */
export function tellNeeds(
  state: SidebarState,
  connection: ConnectionView,
  words: Wording,
): readonly Need[] {
  const { confirmation: waiting, renewBy, isMine } = connection;
  const now = state.overview?.now ?? '';
  const failure = connection.failure ?? connection.lastResult?.failure;
  const needs: Need[] = [];
  if (waiting) {
    needs.push({
      notice: {
        colour: 'orange',
        text: 'Your bank asks for a confirmation.',
        advice: isMine ? words.left(now, waiting.expiresAt) : onlyGiver,
      },
      button:
        isMine && may(state, 'answerConfirmation') && confirmButtons[waiting.confirmation.kind],
    });
  } else if (failure && !isSyncing(state, connection))
    needs.push(failureNeed(state, connection, failure, words));
  if (renewBy && failure?.colour !== 'red') {
    needs.push({
      notice: {
        colour: 'orange',
        text: `Renew by ${words.day(renewBy)}`,
        advice: isMine ? 'The access of today stays until the new one works.' : onlyGiver,
      },
      button: mayConnect(state, connection) && 'Renew',
    });
  }
  return needs;
}

function failureNeed(
  state: SidebarState,
  connection: ConnectionView,
  failure: FailureView,
  words: Wording,
): Need {
  const { colour, acts, retries, advice } = failure;
  const { nextSyncAt, isMine } = connection;
  // Grey is a wait: the bank would refuse whoever forces it; and no user mends what the operator has to.
  const isMendable = colour !== 'grey' && acts !== 'operator';
  const next = retries && nextSyncAt && words.when(state.overview?.now ?? '', nextSyncAt);
  // A sync asks again; the access itself is as good as before.
  const isQuestionOver = failure.code === 'confirmation-expired' && canSync(connection);
  const isOthers = isMendable && acts === 'user' && !mayConnect(state, connection);
  const told = isOthers ? (isMine ? askAdmin : onlyGiver) : advice;
  return {
    notice: { ...failure, advice: next ? `${told} It is tried again ${next}.` : told },
    button: isMendable && !isQuestionOver && mayConnect(state, connection) && 'Reconnect',
  };
}

const confirmButtons = {
  approval: 'Approve',
  code: 'Enter code',
  method: 'Enter code',
  redirect: 'Go on',
} as const;

const askAdmin = 'Your role does not allow that: ask an admin.';
const onlyGiver = 'Only who connected this bank can do that: ask them.';

/** What needs the user first of all first: red, then a bank that waits, then what ends or heals by itself. */
export function urgencyOf(connection: ConnectionView): number {
  const { state, accounts, confirmation, renewBy } = connection;
  const isUnclear = accounts.some(({ candidates }) => candidates?.length);
  if (state === 'broken' || state === 'expired' || isUnclear) return 0;
  if (confirmation || state === 'needs-user') return 1;
  return state === 'expiring' || state === 'failing' || renewBy ? 2 : 3;
}
