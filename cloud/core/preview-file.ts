import type { ApiArgs } from '../../shared/api.ts';
import { dayOf } from '../../shared/calendar-date.ts';
import { viewFailure } from '../../shared/failures.ts';
import type { FileAccountView, FilePreview, FileTarget } from '../../shared/statement-files.ts';
import { type BookAccounts, loadBookAccounts } from './file-targets.ts';
import { bytesOf, type FileCaller, findFile } from './keep-file.ts';
import { mergeFile, shareOf } from './merge-file.ts';
import { type PlannedAccount, planImport } from './plan-import.ts';
import { previewOf } from './preview-sync.ts';
import type { World } from './world.ts';

/** The first problems of an account. */
const problemMax = 100;

/** Names of formats, as people know them. */
const formatNames: Readonly<Record<string, string>> = {
  ofx: 'OFX',
  qif: 'QIF',
  camt: 'CAMT',
  mt940: 'MT940',
  n43: 'Norma 43',
  csv: 'CSV',
  xlsx: 'Excel',
  xls: 'Excel',
};

/** What a file holds, and what its import would do. Writes nothing. @throws FailureError */
export async function previewFile(
  world: World,
  caller: FileCaller,
  { fileId, choices }: ApiArgs<'previewFile'>,
): Promise<FilePreview> {
  const { bookId } = caller;
  const bytes = await bytesOf(world.store, await findFile(world, caller, fileId));
  const book = await loadBookAccounts(world.store, bookId);
  const plan = await planImport(world, bookId, book, bytes, choices);
  const { remembered } = plan;
  if (plan.kind === 'question') {
    return { format: '', question: plan.question, remembered, accounts: [] };
  }
  const accounts: FileAccountView[] = [];
  for (const planned of plan.accounts) {
    const target = choices.targets[planned.told.key] ?? foundTarget(planned);
    const change = await changeOf(world, bookId, book, planned, choices.isFromStart);
    accounts.push({ ...viewOf(planned), target: planned.failure ? null : target, change });
  }
  const format = formatNames[plan.format] ?? plan.format.toUpperCase();
  return { format, question: null, remembered, accounts };
}

function foundTarget({ target }: PlannedAccount): FileTarget | null {
  return target && { accountKey: target.key };
}

function viewOf({ told, target, by, failure }: PlannedAccount) {
  const { key, iban, number, name, currency, period, entries, pending, problems } = told;
  return {
    key,
    name: iban ?? number ?? name ?? '',
    currency: currency ?? target?.currency ?? null,
    period,
    entries: entries.length,
    pending,
    problems: problems.slice(0, problemMax),
    problemCount: problems.length,
    targetBy: by,
    ...(failure && { failure: viewFailure(failure) }),
  };
}

async function changeOf(
  world: World,
  bookId: string,
  { linked }: BookAccounts,
  { told, target }: PlannedAccount,
  isFromStart: boolean,
): Promise<FileAccountView['change']> {
  if (!target) return null;
  const share = shareOf(target, !linked.includes(target), [told], isFromStart);
  const runId = world.ids.next('r');
  const news = await mergeFile(world, bookId, share, runId, dayOf(world.clock.now()));
  return { ...previewOf([news]), known: news.known, beforeStart: share.beforeStart };
}
