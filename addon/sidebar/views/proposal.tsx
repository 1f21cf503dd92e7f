import type { ComponentChildren } from 'preact';
import type { Actions } from '../actions.ts';
import { Button } from './button.tsx';
import { Waiting } from './waiting.tsx';

interface ProposalProps {
  readonly title: string;
  readonly about: string;
  /** What is being waited for, while it is. */
  readonly waiting?: string | false | undefined;
  /** What would be done; absent until it is known. */
  readonly children?: ComponentChildren;
  /** What the button says that does it. */
  readonly doIt?: string | false | undefined;
  readonly isDoing: boolean;
  readonly onDo: () => void;
  /** What the button says that leaves it be. */
  readonly leave: string;
  readonly actions: Actions;
}

/** What something would do, before it is done. */
export function Proposal(props: ProposalProps) {
  const { title, about, waiting, children, doIt, isDoing, onDo, leave, actions } = props;
  return (
    <section>
      <h1 tabIndex={-1}>{title}</h1>
      <p class="quiet">{about}</p>
      {waiting && <Waiting text={waiting} />}
      {children}
      {doIt && (
        <Button kind="primary" isBusy={isDoing} onClick={onDo}>
          {doIt}
        </Button>
      )}
      <Button kind="wide" onClick={actions.openBanks}>
        {leave}
      </Button>
    </section>
  );
}
