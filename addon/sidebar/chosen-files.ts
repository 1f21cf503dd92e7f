import type { FailureView } from '../../shared/failures.ts';
import type {
  FileAccountView,
  FileChoices,
  FilePreview,
  FileQuestion,
  FileTarget,
  ImportView,
} from '../../shared/statement-files.ts';
import type { AccountForm } from './link-form.ts';
import { isNothing } from './wording.ts';

/** A file that the user has chosen to import; its bytes are file-bytes.ts's. */
export interface ChosenFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly step: FileStep;
  /** Why it stands still at its step. */
  readonly failure: FailureView | null;
  /** Null until it was read; while it is read again, as it was read before. */
  readonly preview: FilePreview | null;
  /** What the user is asked, until the file was read with the answer, and the id of the option that is chosen so far. */
  readonly asking: { readonly question: FileQuestion; readonly option: string | null } | null;
  /** What the user has answered: ids of options by `questionId`. */
  readonly answered: Readonly<Record<string, string>>;
  /** Where the user is choosing an account, by FileAccountView.key: what has been changed so far. */
  readonly forms: Readonly<Record<string, TargetForm>>;
  readonly choices: FileChoices;
  /** As it was told last. */
  readonly import: ImportView | null;
}

export type TargetForm = Partial<AccountForm> & {
  /** It is the user's choice, and the file is being read with it. */
  readonly isSaved?: true;
};

export type FileStep =
  | { readonly name: 'packing' }
  /** That part is the next, from 0. */
  | { readonly name: 'sending'; readonly part: number; readonly parts: number }
  | { readonly name: 'reading' }
  /** Was read, and waits for its user. */
  | { readonly name: 'read' }
  /** The user wants it imported. */
  | { readonly name: 'starting' }
  | { readonly name: 'importing' }
  | { readonly name: 'over' }
  | { readonly name: 'undone' }
  /** Nothing was sent, nothing will be. */
  | { readonly name: 'refused' }
  | { readonly name: 'removing' }
  /** Shown no more, though its import may still be told of. */
  | { readonly name: 'removed' };

export type NewFile = Pick<ChosenFile, 'id' | 'name' | 'bytes'>;

/** What a click on the import screen changes before anything is asked. */
export type FileLook =
  | { readonly chosen: readonly NewFile[] }
  /** These are imported. */
  | { readonly imported: readonly string[] }
  | { readonly fileId: string; readonly click: FileClick };

export type FileClick =
  /** Null: not asked any more. */
  | { readonly asking: ChosenFile['asking'] }
  /** The option that is chosen is the answer. */
  | { readonly isAnswered: true }
  /** Null: the account is chosen no more. */
  | { readonly accountKey: string; readonly form: Partial<AccountForm> | null }
  /** Null: not imported. */
  | { readonly accountKey: string; readonly target: FileTarget | null }
  | { readonly isFromStart: boolean }
  | { readonly isTriedAgain: true }
  | { readonly isRemoved: true };

/** The same question of files that are laid out alike has the same answer. */
export function questionId({ layout, key }: Pick<FileQuestion, 'layout' | 'key'>): string {
  return `${layout} ${key}`;
}

/** The option that is chosen is the answer, and the file is read with it. */
export function answerFile(file: ChosenFile): ChosenFile {
  const { asking, answered, choices } = file;
  if (!asking || asking.option === null) return file;
  const { question, option } = asking;
  return {
    ...file,
    answered: { ...answered, [questionId(question)]: option },
    choices: { ...choices, answers: { ...choices.answers, [question.key]: option } },
    step: { name: 'reading' },
  };
}

/** Whether the user has to say where the entries go. */
export function needsTarget({ choices }: ChosenFile, account: FileAccountView): boolean {
  return account.entries > 0 && account.target === null && choices.targets[account.key] !== null;
}

/** Whether its import would bring something, and nothing is left to be said. */
export function isReady(file: ChosenFile): boolean {
  const { step, preview, asking } = file;
  if (step.name !== 'read' || asking || !preview) return false;
  const isOpen = (account: FileAccountView) =>
    needsTarget(file, account) || account.failure || file.forms[account.key];
  if (preview.accounts.some(isOpen)) return false;
  return preview.accounts.some(({ change }) => change && !isNothing(change));
}

/** How many rows the import of those files would make. */
export function countNew(files: readonly ChosenFile[]): number {
  const accounts = files.flatMap(({ preview }) => preview?.accounts ?? []);
  return accounts.reduce((sum, { change }) => sum + (change?.newRows ?? 0), 0);
}

/** Whether some of them tell days of the same account, so that entries of one may be those of another. */
export function isOverlapping(files: readonly ChosenFile[]): boolean {
  const told = files.flatMap(({ preview }) => preview?.accounts ?? []);
  const targets = Map.groupBy(told, ({ target }) => target && JSON.stringify(target));
  targets.delete(null);
  return [...targets.values()].some((together) => {
    const periods = together
      .flatMap(({ period }) => period ?? [])
      .sort((a, b) => (a.from < b.from ? -1 : 1));
    return periods.some(({ from }, at) => from <= (periods[at - 1]?.to ?? ''));
  });
}

/** Whether trying again may help; a file that cannot be read, or that the user may not import, stays so. */
export function canTryAgain({ failure }: ChosenFile): boolean {
  return failure !== null && (failure.acts !== 'user' || isGone(failure));
}

/** Whether the cloud has no longer all of the file: it keeps one for an hour, and a few of each user. */
export function isGone({ code }: FailureView): boolean {
  return code === 'not-found' || code === 'bad-request';
}

/** Whether the cloud may keep something of the file. */
export function isAtCloud({ step }: ChosenFile): boolean {
  return !['packing', 'refused', 'over', 'undone', 'removed'].includes(step.name);
}
