import { filePlaceKey, ownerOf } from '../../../cloud/core/file-documents.ts';
import { importFile, requestImport } from '../../../cloud/core/import-file.ts';
import { filesOf, putFile } from '../../../cloud/core/keep-file.ts';
import { overviewOf } from '../../../cloud/core/overview.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import type { World } from '../../../cloud/core/world.ts';
import { FailureError } from '../../../shared/failures.ts';
import type { FileChoices, FileTarget } from '../../../shared/statement-files.ts';
import { bookId } from './world.ts';

export const erika = { bookId, userId: 'erika' };
export const nothingChosen: FileChoices = { answers: {}, targets: {}, isFromStart: false };

/** A CSV of the columns Date, Payee, Description and Amount. */
export const csvOf = (lines: string) => `Date,Payee,Description,Amount\n${lines}\n`;

/** Sends a file in one part; gives its id back. */
export async function send(world: World, content: string | Uint8Array, caller = erika) {
  const fileId = world.ids.next('f');
  const part = { name: 'umsatz.csv', part: 0, parts: 1 };
  const base64 = Buffer.from(content).toString('base64');
  await putFile(world, caller, { fileId, ...part, content: base64 });
  return fileId;
}

/** Chooses one target for all accounts of a file; without one, what Bookfeed finds. */
export async function choose(
  world: World,
  fileId: string,
  target?: FileTarget,
  choices: Partial<FileChoices> = {},
) {
  const first = { ...nothingChosen, ...choices };
  const { accounts } = await previewFile(world, erika, { fileId, choices: first });
  const targets = target ? Object.fromEntries(accounts.map(({ key }) => [key, target])) : {};
  const chosen = { ...first, targets: { ...targets, ...first.targets } };
  return { choices: chosen, preview: await previewFile(world, erika, { fileId, choices: chosen }) };
}

/** The workers' part: every import that waits, done once. */
export async function workOnFiles(world: World): Promise<void> {
  const found = await filesOf(world.store, ownerOf(bookId, 'erika'));
  for (const { key, value } of found) if (value.state === 'importing') await importFile(world, key);
}

/**
 * Takes a file into the book, as the sidebar and a worker do it.
 * @returns what its preview said of all its accounts, and the rows that came @throws FailureError that the file ended with
 */
export async function takeFile(
  world: World,
  content: string,
  target?: FileTarget,
  choices: Partial<FileChoices> = {},
) {
  const fileId = await send(world, content);
  const { choices: chosen, preview } = await choose(world, fileId, target, choices);
  await requestImport(world, erika, { fileId, choices: chosen });
  await workOnFiles(world);
  const { imports } = await overviewOf(world, bookId, 'erika');
  const view = imports.find((it) => it.fileId === fileId);
  if (view?.failure) throw new FailureError(view.failure.code, view.failure.detail);
  const known = preview.accounts.reduce((sum, { change }) => sum + (change?.known ?? 0), 0);
  const problems = preview.accounts.flatMap((account) => account.problems);
  return { newRows: view?.newRows ?? 0, known, problems, preview, runId: view?.runId };
}

export const placeOf = (place: number) => filePlaceKey(bookId, ownerOf(bookId, 'erika'), place);
