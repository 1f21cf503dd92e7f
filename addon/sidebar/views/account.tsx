import type { AccountView } from '../../../shared/api.ts';
import { accountNumber, accountTypeWords, type Wording } from '../wording.ts';
import { breakable } from './breakable.tsx';
import { Button } from './button.tsx';

interface AccountProps {
  readonly account: AccountView;
  readonly words: Wording;
  /** Absent where the user's role does not allow it. */
  readonly onLink: (() => void) | undefined;
  readonly onShowRow: (entryId: string) => void;
}

/** A bank account, its balance and whether the entries lead to it, and the book account that it fills. */
export function Account({ account, words, onLink, onShowRow }: AccountProps) {
  const { name, holder, type, currency, balance, feed, kept, proof, isGone } = account;
  const number = accountNumber(account);
  const told = proof && words.proof(proof, currency);
  const entryId = proof?.kind === 'off' && proof.entryId;
  return (
    <div class="account">
      <div class="row">
        <h3>{name || accountTypeWords[type]}</h3>
        <span class="balance" title={proof && proofTitles[proof.kind]}>
          {balance === undefined ? currency : words.amount(balance, currency)}
        </span>
      </div>
      <div class="row">
        <p class="quiet">
          {[accountTypeWords[type], holder].filter(Boolean).join(' · ')}
          {number && <br />}
          {number && <span class="number">{number}</span>}
        </p>
        {proof?.kind === 'ties' && <span class="green">{told}</span>}
      </div>
      {proof?.kind === 'off' && (
        <p>
          {entryId ? (
            <Button
              kind="text"
              title="Shows the row where it begins"
              onClick={() => onShowRow(entryId)}
            >
              {told}
            </Button>
          ) : (
            told
          )}
        </p>
      )}
      {feed ? (
        <div class="row">
          <p>
            {breakable(feed.bookAccount.path)}
            <span class="quiet"> since {words.day(feed.from)}</span>
          </p>
          {onLink && (
            <Button kind="text" label={`Change the link of ${name}`} onClick={onLink}>
              Change
            </Button>
          )}
        </div>
      ) : (
        onLink && (
          <Button label={`Link ${name} to an account`} onClick={onLink}>
            Link to an account
          </Button>
        )
      )}
      {isGone && <p class="hint">The bank does not show this account now; its rows stay.</p>}
      {feed && kept && kept.from > feed.from && (
        <p class="hint">
          The bank gave nothing before {words.day(kept.from)}. A file can fill that.
        </p>
      )}
    </div>
  );
}

const proofTitles = {
  ties: 'The bank has what the entries lead to',
  off: 'The bank has something else than the entries lead to',
  unknown: 'The bank tells too little to check the balance',
};
