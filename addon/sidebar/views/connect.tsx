import type { Actions } from '../actions.ts';
import type { Screen } from '../model.ts';
import { Button } from './button.tsx';

interface ConnectProps {
  readonly screen: Extract<Screen, { name: 'connect' }>;
  readonly actions: Actions;
}

/** While the user is at the bank, in another tab. */
export function Connect({ screen, actions }: ConnectProps) {
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <h1 tabIndex={-1}>Waiting for you in the other tab</h1>
      <p>Choose your bank there and allow the access. Then this sidebar goes on by itself.</p>
      {screen.url ? (
        <>
          <p>
            No tab opened?{' '}
            <a href={screen.url} target="_blank" rel="noopener">
              Open the connect page
            </a>
          </p>
          <p>
            Link used or too old?{' '}
            <Button kind="text" onClick={actions.connect}>
              Make a new one
            </Button>
          </p>
        </>
      ) : (
        <p class="wait">Making a link for you…</p>
      )}
    </section>
  );
}
