import { GoogleError, notFound } from './google-error.ts';
import type { Call } from './methods.ts';
import type { Spreadsheet } from './spreadsheet.ts';

/** The spreadsheet that a call names. @throws GoogleError 404, 403 */
export async function readSpreadsheet({ kept, names }: Call): Promise<Spreadsheet> {
  const spreadsheet = await kept.read(idOf(names));
  if (spreadsheet.access === 'none') throw denied();
  return spreadsheet;
}

/** Changes the spreadsheet that a call names, keeps it and tells. @throws GoogleError 404, 403, and what `change` throws */
export async function changeSpreadsheet<T>(
  { kept, names, tell }: Call,
  change: (before: Spreadsheet) => { readonly spreadsheet: Spreadsheet; readonly answer: T },
): Promise<{ readonly after: Spreadsheet; readonly answer: T }> {
  const { before, after, answer } = await kept.change(idOf(names), (spreadsheet) => {
    if (spreadsheet.access !== 'writer') throw denied();
    return change(spreadsheet);
  });
  tell(before, after);
  return { after, answer };
}

/** Ids that no spreadsheet of ours can have are not looked for. */
function idOf([id = '']: readonly string[]): string {
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(id)) throw notFound();
  return id;
}

function denied(): GoogleError {
  return new GoogleError('PERMISSION_DENIED', 'The caller does not have permission');
}
