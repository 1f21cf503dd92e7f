import type { FailureView } from '../../../shared/failures.ts';
import { type Actions, load } from '../actions.ts';
import { type Asked, isCalling, may, type SidebarState } from '../state.ts';
import { rowWords } from '../wording.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { SheetNotice } from './sheet-notice.tsx';
import { Waiting } from './waiting.tsx';

interface TroubleProps {
  readonly state: SidebarState;
  readonly actions: Actions;
}

/** The call that failed last, else why rows wait: what happened, what to do, and the way to try again. */
export function Trouble({ state, actions }: TroubleProps) {
  const { trouble, overview, screen } = state;
  if (trouble) {
    return (
      <Retry {...{ state, actions }} failure={trouble.failure} asked={trouble.asked} isAlert />
    );
  }
  if (!overview?.sheetFailure || screen.name !== 'banks') return null;
  if (isCalling(state, 'deliverRows')) {
    return <Waiting text={`Writing ${rowWords(overview.waitingRows)} into your book…`} />;
  }
  // Rows that wait are written with the next sync.
  const asked: Asked = may(state, 'syncNow') ? { call: 'syncNow', args: {} } : { call: 'overview' };
  return <Retry {...{ state, actions, asked }} failure={overview.sheetFailure} />;
}

interface RetryProps extends TroubleProps {
  readonly failure: FailureView;
  readonly asked: Asked;
  readonly isAlert?: boolean;
}

function Retry({ state, actions, failure, asked, isAlert = false }: RetryProps) {
  const again = () => {
    if (asked.call === 'startConnect') return actions.connect(asked.args);
    return state.book && state.overview ? actions.ask(asked) : load(actions);
  };
  const isTrying = isCalling(state, asked.call);
  // Grey is no failure: to try again would find the same. What a bank asks is answered where it stands.
  const isRetried = failure.colour !== 'grey' && asked.call !== 'answerConfirmation';
  const button = isRetried && (
    <Button onClick={again} isBusy={isTrying}>
      {isTrying ? 'Trying…' : 'Try again'}
    </Button>
  );
  // With this code the cloud names the address as the detail.
  const address = state.overview?.serviceAccount ?? failure.detail;
  if (failure.code !== 'sheet-not-writable' || !address) {
    return (
      <Notice failure={failure} isAlert={isAlert}>
        {button}
      </Notice>
    );
  }
  return (
    <SheetNotice
      failure={failure}
      address={address}
      isCopied={state.isCopied}
      onCopied={actions.tellCopied}
    >
      {button}
    </SheetNotice>
  );
}
