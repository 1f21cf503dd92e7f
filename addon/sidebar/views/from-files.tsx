import type { ScreenProps } from '../loaded-screens.ts';
import { may } from '../state.ts';
import { Account } from './account.tsx';
import { Button } from './button.tsx';
import { Waiting } from './waiting.tsx';

/** The accounts that files alone fill, with the way to the next file, and what is being imported. */
export function FromFiles({ state, actions, words }: ScreenProps) {
  const { fileAccounts = [], imports = [] } = state.overview ?? {};
  const underWay = imports.filter((it) => it.state === 'importing');
  if (fileAccounts.length + underWay.length === 0) return null;
  return (
    <article aria-label="From files">
      <header class="row">
        <h2>From files</h2>
        {may(state, 'importFile') && (
          <Button onClick={() => actions.open({ name: 'import' })}>Import a file</Button>
        )}
      </header>
      {underWay.map(({ fileId, name, progress }) => (
        <Waiting key={fileId} {...progress} text={`Importing ${name}…`} />
      ))}
      {fileAccounts.map((account) => (
        <div key={account.key}>
          <Account
            account={account}
            words={words}
            onLink={undefined}
            onShowRow={(entryId) => actions.ask({ call: 'showRow', id: entryId })}
          />
          {may(state, 'removeFileAccount') && (
            <Button
              kind="text"
              label={`Remove ${account.name}`}
              onClick={() => actions.openForm('removeAccount', account.key)}
            >
              Remove
            </Button>
          )}
        </div>
      ))}
    </article>
  );
}
