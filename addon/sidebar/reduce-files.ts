import { openFilesMax } from '../../shared/file-limits.ts';
import type { FilePreview, ImportView } from '../../shared/statement-files.ts';
import { afterFileClick } from './after-file-click.ts';
import { answerFile, type ChosenFile, isAtCloud, needsTarget, questionId } from './chosen-files.ts';
import { fileSaid } from './describe-file.ts';
import type { Action } from './model.ts';
import { type Asked, isOfFile, type SidebarState, sameCall } from './state.ts';

/** What an action means for the files that the user has chosen, after all else that it means. */
export function reduceFiles(
  before: SidebarState,
  after: SidebarState,
  action: Action,
): SidebarState {
  if (action.type === 'looked') return afterFileClick(after, action.change);
  if (action.type === 'overviewCame') return takeImports(after, action.asked);
  if (action.type === 'toldCame') return takeUndo(after, action.asked);
  if (!('asked' in action) || action.type === 'asked') return after;
  const { asked } = action;
  const file = before.files.find((it) => isWanted(asked, it));
  if (!file) return after;
  // Whether the cloud has dropped it or could not be asked: nobody looks at it any more.
  if (asked.call === 'dropFile') return takeFile(after, { ...file, step: { name: 'removed' } });
  const taken = takeFile(after, afterAnswer(after.files, file, action));
  return { ...taken, files: taken.files.map((it) => adoptTargets(taken.files, it)) };
}

/** What is to be asked for now, if anything: one call at a time, what the user waits for first. */
export function nextOfFiles({ files, asked }: SidebarState): Asked | null {
  if (asked.some(isOfFile)) return null;
  const isFull = files.filter(isAtCloud).length >= openFilesMax;
  for (const name of steps) {
    const file = files.find(({ step, failure }) => step.name === name && !failure);
    if (file && !(name === 'packing' && isFull)) return callOf(file);
  }
  return null;
}

const steps = ['removing', 'starting', 'reading', 'sending', 'packing'] as const;

function callOf({ id: fileId, name, step, choices }: ChosenFile): Asked | null {
  switch (step.name) {
    case 'removing':
      return { call: 'dropFile', args: { fileId } };
    case 'starting':
      return { call: 'importFile', args: { fileId, choices } };
    case 'reading':
      return { call: 'previewFile', args: { fileId, choices } };
    case 'sending': {
      const { part, parts } = step;
      return { call: 'putFile', args: { fileId, name: name.slice(-nameMax), part, parts } };
    }
    case 'packing':
      return { call: 'packFile', args: { fileId } };
    default:
      return null;
  }
}

/** Letters of a name that the cloud takes; the end tells more than the beginning. */
const nameMax = 200;

/** Whether the file still wants that call: not where the user has said something else meanwhile. */
function isWanted(asked: Asked, file: ChosenFile): boolean {
  const wanted = callOf(file);
  return wanted !== null && sameCall(wanted, asked);
}

function afterAnswer(
  files: readonly ChosenFile[],
  file: ChosenFile,
  action: Exclude<Action, { readonly type: 'looked' }>,
): ChosenFile {
  switch (action.type) {
    case 'failed':
      return { ...file, failure: action.failure };
    case 'packed':
      return { ...file, step: { name: 'sending', part: 0, parts: action.parts } };
    case 'previewCame':
      return afterPreview(files, file, action.preview);
    case 'done':
      return afterPart(file);
    default:
      return file;
  }
}

function afterPart(file: ChosenFile): ChosenFile {
  const { step } = file;
  if (step.name !== 'sending') return file;
  const part = step.part + 1;
  return { ...file, step: part < step.parts ? { ...step, part } : { name: 'reading' } };
}

function afterPreview(
  files: readonly ChosenFile[],
  file: ChosenFile,
  preview: FilePreview,
): ChosenFile {
  const open = Object.entries(file.forms).filter(([, { isSaved }]) => !isSaved);
  const forms = Object.fromEntries(open);
  const read: ChosenFile = { ...file, preview, forms, asking: null, step: { name: 'read' } };
  const { question } = preview;
  if (!question) return read;
  const id = questionId(question);
  const told = files.find(({ answered }) => answered[id] !== undefined);
  const asking = { ...read, asking: { question, option: told?.answered[id] ?? null } };
  // Said once, it holds for every file that is laid out alike; a file that asks again was not helped by it.
  return told && file.answered[id] === undefined ? answerFile(asking) : asking;
}

/** Where the user has said of an account in one file where it goes, that holds for the account in the others. */
function adoptTargets(files: readonly ChosenFile[], file: ChosenFile): ChosenFile {
  const { step, asking, preview, forms, choices } = file;
  if (step.name !== 'read' || asking || !preview) return file;
  const told = files.flatMap((it) => it.preview?.accounts ?? []);
  const found = preview.accounts.flatMap((account) => {
    const { key, name, currency } = account;
    const isOpen = needsTarget(file, account) && !choices.targets[key] && !forms[key];
    const same = told.find((it) => it.name === name && it.currency === currency && it.target);
    return isOpen && name && same?.target ? [[key, same.target] as const] : [];
  });
  if (found.length === 0) return file;
  const targets = { ...choices.targets, ...Object.fromEntries(found) };
  return { ...file, choices: { ...choices, targets }, step: { name: 'reading' } };
}

/** How far the imports are. */
function takeImports(state: SidebarState, asked: Asked): SidebarState {
  const views = new Map(state.overview?.imports.map((view) => [view.fileId, view]));
  let next = state;
  for (const file of state.files) {
    const isStarted = asked.call === 'importFile' && isWanted(asked, file);
    const begun: ChosenFile = isStarted ? { ...file, step: { name: 'importing' } } : file;
    const taken = takeImport(begun, views.get(file.id));
    if (taken !== file) next = takeFile(next, taken);
  }
  const isOver = next.files.some(({ step }, at) => isNewlyOver(step, state.files[at]?.step));
  return isOver ? { ...next, files: next.files.map(lookAgain) } : next;
}

function takeImport(file: ChosenFile, view: ImportView | undefined): ChosenFile {
  // Of one that is tried again, the failure before may still be told; that it runs is told where its answer was lost.
  const isTold = file.step.name === 'starting' && view?.state !== 'failed';
  if (!view || !(isTold || file.step.name === 'importing')) return file;
  const told: ChosenFile = { ...file, import: view, failure: null, step: { name: 'importing' } };
  if (view.state === 'done') return { ...told, step: { name: 'over' } };
  if (view.state === 'importing') return told;
  return { ...told, step: { name: 'starting' }, failure: view.failure ?? null };
}

function isNewlyOver(step: ChosenFile['step'], before: ChosenFile['step'] | undefined): boolean {
  return step.name === 'over' && before?.name !== 'over';
}

/** What was said of the file that is imported may be what this one lacks. */
function lookAgain(file: ChosenFile): ChosenFile {
  const { step, asking, preview, forms } = file;
  if (step.name !== 'read' || asking) return file;
  const isLacking = preview?.accounts.some((it) => needsTarget(file, it) && !forms[it.key]);
  return isLacking ? { ...file, step: { name: 'reading' } } : file;
}

function takeUndo(state: SidebarState, asked: Asked): SidebarState {
  if (asked.call !== 'undoRun' || asked.args.preview) return state;
  const { runId } = asked.args;
  const files = state.files.map((file): ChosenFile => {
    return file.import?.runId === runId ? { ...file, step: { name: 'undone' } } : file;
  });
  return { ...state, files };
}

/** Puts the file in its place, and says what is news of it. */
function takeFile(state: SidebarState, file: ChosenFile): SidebarState {
  const files = state.files.map((it) => (it.id === file.id ? file : it));
  return { ...state, files, said: fileSaid(file) || state.said };
}
