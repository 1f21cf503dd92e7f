import type { Actions } from '../actions.ts';
import { Button } from './button.tsx';

/** Before the first connection. */
export function Start({ actions }: { actions: Actions }) {
  return (
    <section>
      <h1 tabIndex={-1}>Your bank’s entries, in this book</h1>
      <p>
        Bookfeed brings the entries of your bank accounts into this spreadsheet as drafts, with a
        suggestion where each belongs.
      </p>
      <Button kind="primary" onClick={actions.connect}>
        Connect a bank
      </Button>
    </section>
  );
}
