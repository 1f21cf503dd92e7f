import type { AccountView } from '../../../shared/api.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface WhichAccountProps {
  readonly account: AccountView;
  readonly words: Wording;
  readonly isBusy: boolean;
  readonly onChoose: (externalId: string) => void;
}

/** A reconnect has left open which of the bank's accounts this one is: nothing but the user can tell. */
export function WhichAccount({ account, words, isBusy, onChoose }: WhichAccountProps) {
  const { name, feed, candidates, currency } = account;
  const question = feed ? `fills ${feed.bookAccount.path}` : `is ${name}`;
  return (
    <Notice
      failure={{
        colour: 'red',
        text: `Which of these ${question}?`,
        advice: 'Your bank names its accounts anew. No rows come for this one until you choose.',
      }}
    >
      {candidates?.map(({ externalId, name, balance }) => (
        <Button key={externalId} kind="choice" isBusy={isBusy} onClick={() => onChoose(externalId)}>
          <span>{name}</span>{' '}
          <span class="balance">{balance && words.amount(balance, currency)}</span>
        </Button>
      ))}
    </Notice>
  );
}
