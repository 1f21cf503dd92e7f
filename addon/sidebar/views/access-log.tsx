import type { Actions } from '../actions.ts';
import { findConnection, isCalling, type Screen, type SidebarState } from '../state.ts';
import { callWords, causeWords, type Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Proposal } from './proposal.tsx';

interface AccessLogProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: Extract<Screen, { name: 'log' }>;
}

/** Who asked the bank when, why, for what, and with what result: the newest first. */
export function AccessLog({ state, actions, words, screen }: AccessLogProps) {
  const { connectionId, log } = screen;
  const { accesses = [], isEnd = true } = log ?? {};
  const before = accesses.at(-1)?.at;
  const isAsking = isCalling(state, 'accessLog');
  return (
    <Proposal
      title="Access log"
      about={findConnection(state, connectionId)?.name ?? ''}
      waiting={!log && isAsking && 'Reading the log…'}
      isDoing={false}
      onDo={actions.openBanks}
      leave="Back"
      actions={actions}
    >
      {log && !before && <p>The bank has not been asked in the last 13 months.</p>}
      <ul>
        {accesses.map((access, at) => (
          <li key={at}>
            <p class="row">
              <span>{causeWords(access.cause)}</span>
              <span class="number" title={access.at}>
                {words.when(state.overview?.now ?? '', access.at)}
              </span>
            </p>
            <p class="hint">
              {[
                access.isUserPresent ? 'somebody was there' : 'nobody was there',
                callWords(access),
                access.result.replaceAll('-', ' '),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {!isEnd && before && (
        <Button
          isBusy={isAsking}
          onClick={() => actions.ask({ call: 'accessLog', args: { connectionId, before } })}
        >
          Load older
        </Button>
      )}
    </Proposal>
  );
}
