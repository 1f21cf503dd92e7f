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

/** Rows of a tab that the page shows: its grid takes a minute for 50,000, and all of its memory for 200,000. */
export const shownRowsMax = 10_000;

const timeoutMs = 30_000;

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
  let cut: readonly CutTab[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function get(query: {
    readonly fields: string;
    readonly ranges?: readonly string[];
  }): Promise<sheets_v4.Schema$Spreadsheet> {
    const asked = new URLSearchParams({ fields: query.fields });
    for (const range of query.ranges ?? []) asked.append('ranges', range);
    const { status, text } = await send(`${root}?${asked}`, { headers });
    if (status !== 200) throw unavailable(messageOf(status, text));
    return JSON.parse(text) as sheets_v4.Schema$Spreadsheet;
  }

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
    const message = refusalOf(requests, cut);
    if (message) return { kind: 'refused', message };
    const body = JSON.stringify({ requests });
    const { status, text } = await send(`${root}:batchUpdate`, { method: 'POST', headers, body });
    if (status >= 500) throw unavailable();
    if (status !== 200) return { kind: 'refused', message: messageOf(status, text) };
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
      const { sheets = [] } = await get({ fields: sizeFields });
      const sizes = sheets.flatMap(({ properties }) => sizeOf(properties));
      cut = sizes.filter(({ rows }) => rows > shownRowsMax);
      const ranges = cut.length > 0 ? sizes.map(shownRange) : [];
      const whole = await get({ fields: bookFields, ranges });
      const spreadsheet = { ...whole, sheets: whole.sheets?.map(asShown) ?? [] };
      return { structure, spreadsheet, cut };
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

type CutTab = BookState['cut'][number];

const sizeFields = 'sheets.properties(sheetId,title,gridProperties.rowCount)';

function sizeOf(properties: sheets_v4.Schema$SheetProperties | undefined): readonly CutTab[] {
  const { sheetId, title, gridProperties } = properties ?? {};
  const rows = gridProperties?.rowCount ?? 0;
  return [{ sheetId: sheetId ?? 0, title: title ?? '', rows, shown: Math.min(rows, shownRowsMax) }];
}

const shownRange = ({ title, shown }: CutTab) => `'${title.replaceAll("'", "''")}'!1:${shown}`;

/** A tab that is as long as what is shown of it. */
function asShown(sheet: sheets_v4.Schema$Sheet): sheets_v4.Schema$Sheet {
  const { properties } = sheet;
  const { gridProperties } = properties ?? {};
  const rowCount = Math.min(gridProperties?.rowCount ?? 0, shownRowsMax);
  return {
    ...sheet,
    properties: { ...properties, gridProperties: { ...gridProperties, rowCount } },
  };
}

/** Why a page that shows a part of a tab cannot do that: what it does not show would go; '' where it can. */
function refusalOf(requests: readonly sheets_v4.Schema$Request[], cut: readonly CutTab[]): string {
  const gone = requests.flatMap(({ deleteSheet, updateSheetProperties }) => {
    const { fields, properties } = updateSheetProperties ?? {};
    const isResized = fields?.includes('rowCount') ?? false;
    return [deleteSheet?.sheetId, isResized ? properties?.sheetId : undefined];
  });
  const tab = cut.find(({ sheetId }) => gone.includes(sheetId));
  return tab ? `this page shows only the first ${tab.shown} rows of ${tab.title}.` : '';
}

/** The whole answer: also what breaks off in the middle of it is no answer. */
async function send(
  url: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw unavailable(undefined, error);
  }
}

function unavailable(message?: string, cause?: unknown): BookUnavailable {
  return new BookUnavailable(message ?? 'The spreadsheet cannot be reached.', { cause });
}

function messageOf(status: number, text: string): string {
  try {
    return String((JSON.parse(text) as { error: { message: unknown } }).error.message);
  } catch {
    return `The spreadsheet answered with status ${status}.`;
  }
}
