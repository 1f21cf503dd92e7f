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
  /** Does nothing while it is under way, or cannot be done yet. */
  readonly onDo: () => void;
  /** Whether it cannot be done yet. */
  readonly isIncomplete?: boolean;
  /** What the button says that leaves it be. */
  readonly leave: string;
  /** Where that leads, if not to the banks. */
  readonly onLeave?: (() => void) | undefined;
  readonly actions: Actions;
}

/** What something would do, before it is done. */
export function Proposal(props: ProposalProps) {
  const { title, about, waiting, children, doIt, isDoing, onDo, isIncomplete } = props;
  const submit = (event: Event) => {
    event.preventDefault();
    onDo();
  };
  return (
    <form onSubmit={submit} noValidate>
      <h1 tabIndex={-1}>{title}</h1>
      <p class="quiet">{about}</p>
      {waiting && <Waiting text={waiting} />}
      {children}
      {doIt && (
        <button type="submit" class="primary" aria-disabled={isDoing || isIncomplete}>
          {doIt}
        </button>
      )}
      <Button kind="wide" onClick={props.onLeave ?? props.actions.openBanks}>
        {props.leave}
      </Button>
    </form>
  );
}
