import type { RuleProposalView } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { ReceiptRows } from './receipt.tsx';
import { Tested } from './rule.tsx';

interface RuleProposalProps {
  readonly proposal: RuleProposalView;
  readonly actions: Actions;
  readonly words: Wording;
  readonly isReader: boolean;
  readonly isAdding: boolean;
  readonly isBusy: boolean;
}

/** A rule that Bookfeed proposes, with the rows that it comes from; it becomes one by the user's click alone. */
export function RuleProposal(props: RuleProposalProps) {
  const { proposal, actions, words, isReader, isAdding, isBusy } = props;
  const { key, sentence, rule, rows } = proposal;
  const add = isAdding ? 'Adding…' : 'Add rule';
  return (
    <li class="account">
      <p>{sentence}</p>
      <Tested of={proposal} words={words} />
      <details>
        <summary>Show rows that say so</summary>
        <ReceiptRows label="Rows that say so" rows={rows} words={words} />
      </details>
      {!isReader && (
        <div class="row">
          <Button
            isBusy={isBusy}
            label={`${add}: ${sentence}`}
            onClick={() => actions.ask({ call: 'addRule', rule })}
          >
            {add}
          </Button>
          <Button
            kind="text"
            isBusy={isBusy}
            label={`No: ${sentence}`}
            onClick={() => actions.ask({ call: 'dismissRule', args: { key } })}
          >
            No
          </Button>
        </div>
      )}
    </li>
  );
}
