import type { RunView } from '../../../shared/api.ts';
import type { FailureView } from '../../../shared/failures.ts';
import type { ImportView } from '../../../shared/statement-files.ts';
import type { Actions } from '../actions.ts';
import { importingWords, importWords, writingWords } from '../describe-file.ts';
import { isAsked, may, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { Waiting } from './waiting.tsx';

interface ImportProps {
  readonly view: ImportView;
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
}

/** An import that was begun before the sidebar was opened. */
export function EarlierImport(props: ImportProps) {
  const { name } = props.view;
  return (
    <li class="card">
      <h2 title={name}>{name}</h2>
      <ImportState {...props} />
    </li>
  );
}

/** How far an import is, or what it has brought, with the way back. */
export function ImportState({ view, state, actions, words }: ImportProps) {
  const { name, runId, newRows, failure, progress, rows } = view;
  if (view.state === 'importing') {
    const text = importingWords(view, words.number);
    return <Waiting {...progress} text={text} label={`Import of ${name}: ${text}`} />;
  }
  if (view.state === 'failed')
    return failure ? <Failed {...{ view, failure, state, actions }} /> : null;
  const run = state.overview?.runs.find(({ id }) => id === runId);
  const writing = rows && writingWords(rows, words.number);
  return (
    <>
      <div class="row">
        <p>{importWords(newRows, words.number)}</p>
        {run && <Undo {...{ run, state, actions }} name={name} />}
      </div>
      {writing && <Waiting {...rows} text={writing} label={`${name}: ${writing}`} />}
    </>
  );
}

interface FailedProps extends Pick<ImportProps, 'view' | 'state' | 'actions'> {
  readonly failure: FailureView;
}

/** What was chosen is kept with the file: only a file that cannot be taken in has to be chosen anew. */
function Failed({ view, failure, state, actions }: FailedProps) {
  const { fileId, name } = view;
  const asked = { call: 'importFile', args: { fileId } } as const;
  return (
    <Notice failure={failure}>
      {failure.acts !== 'user' && may(state, 'importFile') && (
        <Button
          label={`Try again: ${name}`}
          isBusy={isAsked(state, asked)}
          onClick={() => void actions.ask(asked)}
        >
          Try again
        </Button>
      )}
    </Notice>
  );
}

interface RunsProps extends Omit<ImportProps, 'view'> {
  readonly runs: readonly RunView[];
}

/** Imports of more than an hour ago that can still be undone. */
export function EarlierRuns({ runs, state, actions, words }: RunsProps) {
  if (runs.length === 0) return null;
  return (
    <>
      <h2 class="part">Imported before</h2>
      <ul>
        {runs.map((run) => {
          const name = words.run(state.overview?.now ?? run.at, run);
          return (
            <li key={run.id} class="row">
              <span>{name}</span>
              <Undo {...{ run, state, actions, name }} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface UndoProps extends Pick<ImportProps, 'state' | 'actions'> {
  readonly run: RunView;
  /** By which its user knows the import. */
  readonly name: string;
}

function Undo({ run, state, actions, name }: UndoProps) {
  if (!may(state, 'undoRun')) return null;
  return (
    <Button
      kind="text"
      label={`Undo: import of ${name}`}
      onClick={() => actions.open({ name: 'undo', run, told: null, isDone: false })}
    >
      Undo
    </Button>
  );
}
