import type { Instant } from '../../shared/calendar-date.ts';
import { viewFailure } from '../../shared/failures.ts';
import type { ImportView } from '../../shared/statement-files.ts';
import type { Doc } from '../ports/store.ts';
import type { ProgressDoc } from './documents.ts';
import type { FileDoc } from './file-documents.ts';

/** A user's files that are being imported, or were within the last hour, the newest first. */
export function importViews(
  files: readonly Doc<FileDoc>[],
  told: readonly Doc<ProgressDoc>[],
  writing: ReadonlyMap<string, NonNullable<ImportView['rows']>>,
  now: Instant,
): readonly ImportView[] {
  return files
    .filter(({ value }) => value.expiresAt > now)
    .sort((a, b) => (a.value.at < b.value.at ? 1 : -1))
    .flatMap(({ key, value: { fileId, name, state, order, newRows, failure } }) => {
      if (state === 'open') return [];
      const { done, total } = told.find((it) => it.key === key)?.value ?? {};
      const rows = order && newRows && writing.get(order.runId);
      const isKnown = state === 'importing' && done !== undefined && total !== undefined;
      return [
        {
          fileId,
          name,
          state,
          ...(isKnown && { progress: { done, total } }),
          ...(newRows !== undefined && { newRows }),
          ...(newRows && order && { runId: order.runId }),
          ...(rows && { rows }),
          ...(failure && { failure: viewFailure(failure) }),
        },
      ];
    });
}
