import type { Actions } from '../actions.ts';
import type { Screen } from '../state.ts';
import { Button } from './button.tsx';

interface ConnectProps {
  readonly screen: Extract<Screen, { name: 'connect' }>;
  readonly actions: Actions;
}

/** While the user is at the bank, in another tab. */
export function Connect({ screen, actions }: ConnectProps) {
  const { args, url, isTabOpen } = screen;
  const title = args.connectionId ? 'Go on at your bank' : 'Connect a bank';
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <h1 tabIndex={-1}>{isTabOpen ? 'Waiting for you in the other tab' : title}</h1>
      <p>
        {args.connectionId ? 'Allow' : 'Choose your bank on the connect page and allow'} the access.
        Then this sidebar goes on.
      </p>
      {url ? (
        <p>
          {isTabOpen && 'No tab opened? '}
          <a href={url} target="_blank" rel="noopener" onClick={actions.tellTabOpened}>
            Open the connect page
          </a>
        </p>
      ) : (
        <p class="quiet">Making a link for you…</p>
      )}
      {isTabOpen && (
        <p>
          Link used or too old?{' '}
          <Button kind="text" onClick={() => actions.connect(args)}>
            Make a new one
          </Button>
        </p>
      )}
    </section>
  );
}
