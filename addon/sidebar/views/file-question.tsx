import type { FileQuestion } from '../../../shared/statement-files.ts';
import type { Actions } from '../actions.ts';
import type { ChosenFile } from '../chosen-files.ts';
import { Button } from './button.tsx';

interface FileQuestionProps {
  readonly file: ChosenFile;
  readonly asking: NonNullable<ChosenFile['asking']>;
  readonly actions: Actions;
}

/** What the file cannot say by itself, with what its lines would be for each answer. */
export function FileQuestionForm({ file, asking, actions }: FileQuestionProps) {
  const { id: fileId, name, preview, step } = file;
  const { question, option } = asking;
  const isReading = step.name === 'reading';
  const submit = (event: Event) => {
    event.preventDefault();
    if (option !== null && !isReading) actions.look({ fileId, click: { isAnswered: true } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{question.message}</legend>
        {question.options.map(({ id, label, examples }) => (
          <label key={id} class="option">
            <input
              type="radio"
              name="answer"
              checked={option === id}
              onChange={() => actions.look({ fileId, click: { asking: { question, option: id } } })}
            />
            <span>
              {label}
              {examples.map((example) => (
                <span key={example} class="hint example">
                  {example}
                </span>
              ))}
            </span>
          </label>
        ))}
      </fieldset>
      <p class="hint">Bookfeed remembers this for files like it.</p>
      <div class="parts">
        <button
          type="submit"
          aria-label={`Go on with ${name}`}
          aria-disabled={option === null || isReading}
        >
          Go on
        </button>
        {preview && !preview.question && (
          <Button kind="text" onClick={() => actions.look({ fileId, click: { asking: null } })}>
            Leave it
          </Button>
        )}
      </div>
    </form>
  );
}

interface RememberedProps {
  readonly file: ChosenFile;
  readonly question: FileQuestion;
  /** Id of the option. */
  readonly answer: string;
  readonly actions: Actions;
}

/** What was answered for a file like it, and can be answered otherwise. */
export function Remembered({ file, question, answer, actions }: RememberedProps) {
  const { label } = question.options.find(({ id }) => id === answer) ?? {};
  const asking = { question, option: answer };
  return (
    <div class="row">
      <p class="hint">Read as last time: {label}</p>
      <Button
        kind="text"
        label={`Change how ${file.name} is read`}
        onClick={() => actions.look({ fileId: file.id, click: { asking } })}
      >
        Change
      </Button>
    </div>
  );
}
