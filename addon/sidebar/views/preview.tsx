import type { Actions } from '../actions.ts';
import { findConnection, isCalling, type Screen, type SidebarState } from '../state.ts';
import { isNothing, type Wording } from '../wording.ts';
import { Proposal } from './proposal.tsx';
import { Rows } from './rows.tsx';

interface PreviewProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: Extract<Screen, { name: 'preview' }>;
}

/** What a sync would do, and doing it with the same answers of the bank. */
export function Preview({ state, actions, words, screen }: PreviewProps) {
  const { connectionId, told } = screen;
  const name = findConnection(state, connectionId)?.name ?? '';
  const isDoing = isCalling(state, 'applySync');
  const isNews = told !== null && !isNothing(told);
  return (
    <Proposal
      title="What a sync would do"
      about={name}
      waiting={!told && isCalling(state, 'previewSync') && `Asking ${name}…`}
      doIt={isNews && (isDoing ? 'Syncing…' : 'Do it')}
      isDoing={isDoing}
      onDo={() => told && actions.ask({ call: 'applySync', args: { previewId: told.previewId } })}
      leave={told && !isNews ? 'Back' : 'Cancel'}
      actions={actions}
    >
      {told && <p>{words.changes(told)}</p>}
      {told && <Rows rows={told.rows} total={told.newRows} words={words} />}
    </Proposal>
  );
}
