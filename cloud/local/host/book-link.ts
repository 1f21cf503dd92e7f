import { randomUUID } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets';
import type { BookChange, BookState, ChangeResult, FormulaValue } from './page-api.ts';

/** The Sheets-compatible server as the host uses it. */
export interface SheetsAccess {
  /** Root without the version: http://127.0.0.1:4712 */
  readonly url: string;
  readonly token: string;
  /** Calls `listener` after every change of the spreadsheet, whoever made it; the answer ends that. */
  subscribe(spreadsheetId: string, listener: () => void): () => void;
  /** Takes what formulas gave: it computes nothing itself. */
  reportFormulaValues?(spreadsheetId: string, values: readonly FormulaValue[]): Promise<void>;
}

/** The page's way to its spreadsheet. Both throw BookUnavailable. */
export interface BookLink {
  read(): Promise<BookState>;
  change(change: BookChange): Promise<ChangeResult>;
}

/** Thrown when the spreadsheet cannot be reached or read; the message is for the user. */
export class BookUnavailable extends Error {
  override readonly name = 'BookUnavailable';
}

const cell =
  'userEnteredValue,userEnteredFormat(numberFormat,backgroundColor,borders,horizontalAlignment,' +
  'verticalAlignment,wrapStrategy,textFormat),note,dataValidation';
const bookFields =
  'properties(title,locale,timeZone),sheets(properties,conditionalFormats,developerMetadata,' +
  `data(rowData.values(${cell}),rowMetadata(pixelSize,hiddenByUser),` +
  'columnMetadata(pixelSize,hiddenByUser,developerMetadata)))';

/** Requests after which a position no longer means what it meant before. */
const structuralKinds: readonly (keyof sheets_v4.Schema$Request)[] = [
  'insertDimension',
  'deleteDimension',
  'moveDimension',
  'deleteSheet',
];

/** Results of so many changes are kept for a page that asks again. */
const resultMax = 200;

/**
 * Adds the token, writes one change after the other and each once, and keeps windows from editing rows that another one
 * has moved.
 */
export function createBookLink(
  { url, token }: Pick<SheetsAccess, 'url' | 'token'>,
  spreadsheetId: string,
): BookLink {
  const root = `${url}/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const run = randomUUID();
  const results = new Map<string, ChangeResult>();
  let moves = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function applyChange(change: BookChange): Promise<ChangeResult> {
    const known = results.get(change.id);
    if (known) return known;
    const { structure, requests } = change;
    const isMove = requests.some((request) => structuralKinds.some((kind) => request[kind]));
    const [thatRun, thoseMoves] = structure.split('/');
    const isOtherRun = thatRun !== run;
    if (isMove && change.isAgain && isOtherRun) return { kind: 'unknown' };
    // After a restart, as long as no window has moved anything, what a page still holds is good.
    if (isOtherRun ? moves > 0 : Number(thoseMoves) !== moves) return { kind: 'stale' };
    const body = JSON.stringify({ requests });
    const response = await send(`${root}:batchUpdate`, { method: 'POST', headers, body });
    if (response.status >= 500) throw unavailable();
    if (!response.ok) return { kind: 'refused', message: await messageOf(response) };
    if (isMove) moves += 1;
    return { kind: 'saved', structure: `${run}/${moves}` };
  }

  function keepResult(id: string, result: ChangeResult): ChangeResult {
    results.set(id, result);
    const [oldest] = results.keys();
    if (results.size > resultMax && oldest) results.delete(oldest);
    return result;
  }

  return {
    read: async () => {
      // The structure before the reading: a move in between then shows as stale, never as current.
      const structure = `${run}/${moves}`;
      const response = await send(`${root}?fields=${encodeURIComponent(bookFields)}`, { headers });
      if (!response.ok) throw unavailable(await messageOf(response));
      return { structure, spreadsheet: (await response.json()) as sheets_v4.Schema$Spreadsheet };
    },
    change: (change) => {
      const result = last
        .then(() => applyChange(change))
        .then((answer) => keepResult(change.id, answer));
      // One after the other, whatever becomes of each.
      last = result.catch(() => {});
      return result;
    },
  };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    throw unavailable(undefined, error);
  }
}

function unavailable(message?: string, cause?: unknown): BookUnavailable {
  return new BookUnavailable(message ?? 'The spreadsheet cannot be reached.', { cause });
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String((JSON.parse(text) as { error: { message: unknown } }).error.message);
  } catch {
    return `The spreadsheet answered with status ${response.status}.`;
  }
}
