import type { Actions } from '../actions.ts';
import { findConnection, isCalling, type Screen, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Proposal } from './proposal.tsx';
import { Rows } from './rows.tsx';

interface UndoProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: Extract<Screen, { name: 'undo' }>;
}

/** What taking back a run would do, and doing it; the rows that stay are named before and after. */
export function Undo({ state, actions, words, screen }: UndoProps) {
  const { run, told, isDone } = screen;
  const isCalled = isCalling(state, 'undoRun');
  const name = findConnection(state, run.connectionId)?.name;
  return (
    <Proposal
      title={isDone ? `This ${run.kind} is undone` : `Undo this ${run.kind}?`}
      about={[name, words.run(state.overview?.now ?? run.at, run)].filter(Boolean).join(' · ')}
      waiting={!told && isCalled && 'Looking at its rows…'}
      doIt={told !== null && !isDone && (isCalled ? 'Undoing…' : 'Undo now')}
      isDoing={isCalled}
      onDo={() => actions.undo(run)}
      leave={isDone ? 'Back' : 'Keep'}
      onLeave={run.kind === 'import' ? () => actions.open({ name: 'import' }) : undefined}
      actions={actions}
    >
      {told && <p>{words.undo(told, isDone)}</p>}
      {told && <Rows rows={told.stays} total={told.stays.length} words={words} />}
      {told && (
        <p class="hint">
          {run.kind === 'import'
            ? 'The same file can be imported again.'
            : 'The next sync brings again what the bank still shows.'}
        </p>
      )}
    </Proposal>
  );
}
