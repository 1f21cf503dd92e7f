import type { AccountView } from '../../../shared/api.ts';
import { accountNumber, accountTypeWords, type Wording } from '../wording.ts';
import { Button } from './button.tsx';

interface AccountProps {
  readonly account: AccountView;
  readonly words: Wording;
  readonly onLink: () => void;
}

/** A bank account, its balance, and the book account that it fills. */
export function Account({ account, words, onLink }: AccountProps) {
  const { name, holder, type, currency, balance, feed } = account;
  const number = accountNumber(account);
  return (
    <div class="account">
      <div class="row">
        <h3>{name || accountTypeWords[type]}</h3>
        <span class="balance">
          {balance === undefined ? currency : words.balance(balance, currency)}
        </span>
      </div>
      <p class="quiet">
        {[accountTypeWords[type], holder].filter(Boolean).join(' · ')}
        {number && <br />}
        {number && <span class="number">{number}</span>}
      </p>
      {feed ? (
        <div class="row">
          <p>
            {breakable(feed.bookAccount.path)}
            <span class="quiet"> since {words.day(feed.from)}</span>
          </p>
          <Button kind="text" label={`Change the link of ${name}`} onClick={onLink}>
            Change
          </Button>
        </div>
      ) : (
        <Button label={`Link ${name} to an account`} onClick={onLink}>
          Link to an account
        </Button>
      )}
    </div>
  );
}

/** A path that wraps after its colons. */
function breakable(path: string) {
  return path.split(':').flatMap((part, at) => (at === 0 ? [part] : [':', <wbr key={at} />, part]));
}
