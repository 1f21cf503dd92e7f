import type { DraftView } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import { acceptDraft, certaintyWords, offeredAccount } from '../describe-draft.ts';
import { lastPart } from '../link-form.ts';
import type { OpenedDraft } from '../review-screens.ts';
import type { Wording } from '../wording.ts';
import { breakable } from './breakable.tsx';
import { Button } from './button.tsx';
import { OtherAccounts } from './other-accounts.tsx';
import { ReceiptOf } from './receipt.tsx';

interface DraftProps {
  readonly draft: DraftView;
  readonly actions: Actions;
  readonly words: Wording;
  /** What is open below it. */
  readonly opened: OpenedDraft | null;
  /** Paths to choose from. */
  readonly accounts: readonly string[];
  readonly isReader: boolean;
  readonly isParting: boolean;
}

/** A draft, where it seems to belong, and what to do about it. */
export function Draft(props: DraftProps) {
  const { draft, actions, words, opened, isReader } = props;
  const { id, date, description, amount, currency, account, isPending } = draft;
  const offered = offeredAccount(draft);
  const sum = words.amount(amount, currency);
  const accept = (to: string) => actions.look({ accept: [acceptDraft(draft, to)] });
  return (
    <li class="account">
      <div class="row top">
        <p>
          <Button
            kind="text"
            label={`${description}: show the row`}
            title={description}
            onClick={() => actions.ask({ call: 'showRow', id })}
          >
            <span class={opened ? undefined : 'clamp'}>{description || 'No text'}</span>
          </Button>
        </p>
        <span class="balance">{sum}</span>
      </div>
      <p class="hint" title={account}>
        {words.day(date)} · {lastPart(account)}
        {isPending && ' · pending'}
      </p>
      <p>
        {offered ? breakable(offered) : null}{' '}
        <span class="quiet whole">{certaintyWords(draft, words)}</span>
      </p>
      <RowNow draft={draft} offered={offered} />
      <div class="row">
        <Parts {...props} />
        {offered && !isPending && !isReader && (
          <Button
            label={`Accept ${offered} for ${description}, ${sum}`}
            // Nobody reads the next suggestion, which is there by then, within a double click.
            onClick={(event) => event.detail < 2 && accept(offered)}
          >
            Accept
          </Button>
        )}
      </div>
      {opened?.part === 'receipt' && draft.receipt && (
        <ReceiptOf receipt={draft.receipt} words={words} />
      )}
      {opened?.part === 'accounts' && <OtherAccounts {...props} opened={opened} accept={accept} />}
    </li>
  );
}

/** What the row says besides: where the bank may still change it, or another account stands in it. */
function RowNow({ draft, offered }: Pick<DraftProps, 'draft'> & { offered: string | undefined }) {
  const { isPending, isChosen, counterAccount } = draft;
  const isOther = !isChosen && counterAccount !== '' && counterAccount !== offered;
  return (
    <>
      {isOther && <p class="hint">The row still shows {counterAccount}.</p>}
      {isPending && (
        <p class="hint">The bank may still change it: you can accept it once it is booked.</p>
      )}
    </>
  );
}

/** Opens the receipt and the other accounts; a transfer can be parted. */
function Parts({ draft, actions, opened, isReader, isParting }: DraftProps) {
  const { id, description, isPending, receipt, otherSide } = draft;
  const toggle = (part: OpenedDraft['part']) =>
    actions.look({ opened: opened?.part === part ? null : { id, part, search: '', path: null } });
  const isIdeaLacking = offeredAccount(draft) === undefined;
  const choose = isIdeaLacking ? 'Choose an account' : 'Another account';
  return (
    <div class="parts">
      {receipt && (
        <Button
          kind="text"
          label={`Why: ${description}`}
          isOpen={opened?.part === 'receipt'}
          onClick={() => toggle('receipt')}
        >
          Why
        </Button>
      )}
      {!isPending && !isReader && (
        <Button
          {...(isIdeaLacking ? {} : { kind: 'text' })}
          label={`${choose}: ${description}`}
          isOpen={opened?.part === 'accounts'}
          onClick={() => toggle('accounts')}
        >
          {choose}
        </Button>
      )}
      {otherSide && !isReader && (
        <Button
          kind="text"
          label={`Not a transfer: ${description}`}
          isBusy={isParting}
          onClick={() => actions.ask({ call: 'rejectTransfer', args: { ids: [id, otherSide] } })}
        >
          Not a transfer
        </Button>
      )}
    </div>
  );
}
