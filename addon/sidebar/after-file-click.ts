import {
  answerFile,
  type ChosenFile,
  type FileClick,
  isAtCloud,
  isGone,
  type NewFile,
  questionId,
} from './chosen-files.ts';
import { fileSaid, refusalOf } from './describe-file.ts';
import type { Look } from './model.ts';
import type { SidebarState } from './state.ts';

/** What a click on the import screen means; what it does not ask for is asked by what stands in the state then. */
export function afterFileClick(state: SidebarState, look: Look): SidebarState {
  const { files } = state;
  if ('chosen' in look) {
    const fresh = look.chosen.map(newFile);
    return { ...state, files: [...files, ...fresh], said: fresh.map(fileSaid).join(' ') };
  }
  if ('imported' in look) {
    const start = (file: ChosenFile) =>
      look.imported.includes(file.id) ? startImport(file) : file;
    return { ...state, files: files.map(start), said: 'The import starts.' };
  }
  if (!('fileId' in look)) return state;
  const { fileId, click } = look;
  const clicked = files.find(({ id }) => id === fileId);
  if (!clicked) return state;
  if ('isRemoved' in click && !isAtCloud(clicked))
    return { ...state, files: files.filter((it) => it !== clicked) };
  if ('isAnswered' in click)
    return { ...state, files: files.map((it) => answerAlike(it, clicked)) };
  return { ...state, files: files.map((it) => (it === clicked ? afterClick(it, click) : it)) };
}

function newFile(file: NewFile): ChosenFile {
  const failure = refusalOf(file);
  return {
    ...file,
    step: { name: failure ? 'refused' : 'packing' },
    failure,
    preview: null,
    asking: null,
    answered: {},
    forms: {},
    choices: { answers: {}, targets: {}, isFromStart: false },
    import: null,
  };
}

/** An account without entries goes nowhere: nobody was asked, and the cloud wants it said. */
function startImport(file: ChosenFile): ChosenFile {
  const { preview, choices } = file;
  const empty = preview?.accounts.filter(({ target }) => !target) ?? [];
  const targets = {
    ...choices.targets,
    ...Object.fromEntries(empty.map(({ key }) => [key, null])),
  };
  return { ...file, choices: { ...choices, targets }, step: { name: 'starting' } };
}

/** Answers the file, and every other that asks the same and is laid out alike. */
function answerAlike(file: ChosenFile, answered: ChosenFile): ChosenFile {
  if (!file.asking || !answered.asking) return file;
  if (questionId(file.asking.question) !== questionId(answered.asking.question)) return file;
  return answerFile({ ...file, asking: answered.asking });
}

function afterClick(file: ChosenFile, click: FileClick): ChosenFile {
  const { choices, forms, failure } = file;
  const again = { ...file, step: { name: 'reading' } } as const;
  if ('asking' in click) return { ...file, asking: click.asking };
  if ('isFromStart' in click)
    return { ...again, choices: { ...choices, isFromStart: click.isFromStart } };
  if ('isRemoved' in click) return { ...file, failure: null, step: { name: 'removing' } };
  if ('isTriedAgain' in click) {
    const isResent = failure !== null && isGone(failure);
    return { ...file, failure: null, ...(isResent && { step: { name: 'packing' } }) };
  }
  if (!('accountKey' in click)) return file;
  const { [click.accountKey]: form, ...others } = forms;
  if ('target' in click) {
    const targets = { ...choices.targets, [click.accountKey]: click.target };
    const saved = { ...others, [click.accountKey]: { ...form, isSaved: true } } as const;
    return { ...again, forms: saved, choices: { ...choices, targets } };
  }
  const changed = { ...others, [click.accountKey]: { ...form, ...click.form } };
  return { ...file, forms: click.form ? changed : others };
}
