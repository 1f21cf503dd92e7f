import type { Actions } from '../actions.ts';
import { type ChosenFile, canTryAgain } from '../chosen-files.ts';
import { sizeWords, stepWords } from '../describe-file.ts';
import { forgetFile } from '../file-bytes.ts';
import type { SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { ImportState } from './earlier-import.tsx';
import { FileAccount } from './file-account.tsx';
import { FileQuestionForm, Remembered } from './file-question.tsx';
import { Notice } from './notice.tsx';
import { Waiting } from './waiting.tsx';

interface ChosenProps {
  readonly file: ChosenFile;
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  /** Whether there is no other: then its rows are shown at once. */
  readonly isOnly: boolean;
}

/** A file that the user has chosen: what goes on with it, what is in it, and what is to be said of it. */
export function Chosen(props: ChosenProps) {
  const { file, actions, words } = props;
  const { id, name, bytes, step, failure, preview } = file;
  const remove = () => {
    forgetFile(id);
    actions.look({ fileId: id, click: { isRemoved: true } });
  };
  const isOnItsWay = ['packing', 'sending', 'reading'].includes(step.name);
  const leave = isOnItsWay && !preview && !failure ? 'Cancel' : 'Remove';
  return (
    <li class="card">
      <div class="row">
        <h2 tabIndex={-1} title={name}>
          {name}
        </h2>
        {(failure || isOnItsWay || step.name === 'read') && (
          <Button kind="text" label={`${leave}: ${name}`} onClick={remove}>
            {leave}
          </Button>
        )}
      </div>
      <p class="quiet">
        {[preview?.format, sizeWords(bytes, words.number)].filter(Boolean).join(' · ')}
      </p>
      <Content {...props} />
      {failure && (
        <Notice failure={failure}>
          {canTryAgain(file) && (
            <Button
              label={`Try again: ${name}`}
              onClick={() => actions.look({ fileId: id, click: { isTriedAgain: true } })}
            >
              Try again
            </Button>
          )}
        </Notice>
      )}
    </li>
  );
}

function Content(props: ChosenProps) {
  const { file, words } = props;
  const { step, failure, asking, preview, import: view } = file;
  if (step.name === 'undone') return <p>Undone: its rows are taken away.</p>;
  if (step.name === 'over' && view) {
    // Its rows are written after that.
    const latest = props.state.overview?.imports.find(({ fileId }) => fileId === file.id);
    return <ImportState {...props} view={latest ?? view} />;
  }
  const going = failure ? '' : stepWords(file, words.number);
  return (
    <>
      {asking && <FileQuestionForm {...props} asking={asking} />}
      {!asking && preview && (step.name === 'read' || step.name === 'reading') && (
        <Read {...props} />
      )}
      {going && <Waiting {...progressOf(file)} text={going} label={`${file.name}: ${going}`} />}
    </>
  );
}

function progressOf({ step, import: view }: ChosenFile) {
  if (step.name === 'sending') return { done: step.part, total: step.parts };
  return step.name === 'importing' ? view?.progress : undefined;
}

/** What is in the file, once it could be read. */
function Read(props: ChosenProps) {
  const { file, actions } = props;
  const { preview } = file;
  return (
    <>
      {preview?.remembered.map(({ question, answer }) => (
        <Remembered key={question.key} {...{ file, question, answer, actions }} />
      ))}
      {preview?.accounts.map((account) => (
        <FileAccount {...props} key={account.key} account={account} />
      ))}
    </>
  );
}
