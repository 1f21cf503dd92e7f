import type { Actions } from '../actions.ts';
import { type ChosenFile, countNew, isOverlapping, isReady } from '../chosen-files.ts';
import { entryWords } from '../describe-file.ts';
import { keepFiles } from '../file-bytes.ts';
import type { ScreenProps } from '../loaded-screens.ts';
import { may } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Chosen } from './chosen-file.tsx';
import { EarlierImport, EarlierRuns } from './earlier-import.tsx';

/** Choosing statement files, what is in them, and their import; files may be dropped anywhere on it. */
export function ImportFiles({ state, actions, words }: ScreenProps) {
  const files = state.files.filter(({ step }) => !step.name.startsWith('remov'));
  const known = new Set(state.files.map(({ id }) => id));
  const { imports = [], runs = [] } = state.overview ?? {};
  const told = new Set(imports.map(({ runId }) => runId));
  // Which of the runs is that of an import under way is not told.
  const isUnderWay = imports.some((it) => it.state === 'importing');
  const earlier = imports.filter(({ fileId }) => !known.has(fileId));
  const isAllowed = may(state, 'importFile');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop needs a mouse; the keyboard has the field.
    <section
      class="drop"
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        if (isAllowed) choose(actions, event.dataTransfer?.files);
      }}
    >
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <h1 tabIndex={-1}>Import a file</h1>
      {isAllowed ? (
        <Chooser actions={actions} />
      ) : (
        <p>Your role does not allow that: ask an admin.</p>
      )}
      <ul>
        {files.map((file) => (
          <Chosen key={file.id} {...{ file, state, actions, words }} isOnly={files.length === 1} />
        ))}
        {earlier.map((view) => (
          <EarlierImport key={view.fileId} {...{ view, state, actions, words }} />
        ))}
      </ul>
      <ImportButton {...{ files, actions, words }} />
      {!isUnderWay && (
        <EarlierRuns
          {...{ state, actions, words }}
          runs={runs.filter(({ id, kind }) => kind === 'import' && !told.has(id))}
        />
      )}
    </section>
  );
}

function choose(actions: Actions, files: FileList | null | undefined): void {
  if (files?.length) actions.look({ chosen: keepFiles(files) });
}

/** The field itself fills the frame, invisible: so the keyboard and a drop reach it as any other. */
function Chooser({ actions }: { readonly actions: Actions }) {
  return (
    <>
      <label class="chooser">
        <input
          type="file"
          multiple
          aria-describedby="formats"
          onChange={(event) => {
            const { currentTarget: field } = event;
            choose(actions, field.files);
            // The same file can then be chosen again.
            field.value = '';
          }}
        />
        <strong>Choose files</strong> or drop them here
      </label>
      <p id="formats" class="hint">
        Statements as your bank gives them: CSV, Excel, OFX, QFX, QIF, MT940, CAMT, Norma 43. What
        is in your book already is not doubled.
      </p>
    </>
  );
}

interface ImportButtonProps {
  readonly files: readonly ChosenFile[];
  readonly actions: Actions;
  readonly words: Wording;
}

/** Imports every file of which nothing is left to be said. */
function ImportButton({ files, actions, words }: ImportButtonProps) {
  const ready = files.filter(isReady);
  const count = countNew(ready);
  if (ready.length === 0) return null;
  const upTo = isOverlapping(ready) ? 'up to ' : '';
  const text = `Import ${count > 0 ? upTo + entryWords(count, words.number) : 'the changes'}`;
  return (
    <Button kind="primary" onClick={() => actions.look({ imported: ready.map(({ id }) => id) })}>
      {text}
    </Button>
  );
}
