import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Ids } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { ExtendedValue } from './cell-schema.ts';
import { checkFieldMask, parseFieldMask, pickFields } from './field-mask.ts';
import { errorBody, GoogleError, invalid, notFound } from './google-error.ts';
import { createKeptSpreadsheets } from './kept-spreadsheets.ts';
import { type Call, methods } from './methods.ts';
import { readQuery } from './read-query.ts';
import { mapRows, type Row } from './row-list.ts';
import { type Access, replaceTab, tabById } from './spreadsheet.ts';
import { describeChange, type SpreadsheetChange } from './spreadsheet-change.ts';

/** A Sheets-compatible server: Google's paths, bodies, answers and errors for what `methods.ts` lists. */
export interface SheetsServer {
  /** Answers under /v4/spreadsheets; every request carries `Authorization: Bearer <token>`. */
  readonly app: Hono;
  /** Called after each answered write; returns what ends it. */
  subscribe(spreadsheetId: string, listener: (change: SpreadsheetChange) => void): () => void;
  /** What the holder of the token may do from now on. @throws GoogleError 404 */
  setAccess(spreadsheetId: string, access: Access): Promise<void>;
  /** Deletes for good; later calls are answered with 404. @throws GoogleError 404 */
  remove(spreadsheetId: string): Promise<void>;
  /**
   * Keeps what formulas gave, as whoever computes them reports it. The server computes nothing: until this is called the
   * effectiveValue of a formula is absent, and it goes when its cell gets another formula. A cell that no longer holds the
   * reported formula is passed over.
   */
  reportFormulaValues(spreadsheetId: string, reported: readonly FormulaValue[]): Promise<void>;
}

export interface FormulaValue {
  readonly sheetId: number;
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly formulaValue: string;
  readonly effectiveValue: ExtendedValue;
}

const bodyBytesMax = 64 * 1024 * 1024;

/** Spreadsheets live in `store`; each write is kept there before it is answered. `token` is what callers must hold. */
export function createSheetsServer(settings: {
  readonly store: Store;
  readonly ids: Ids;
  readonly token: string;
}): SheetsServer {
  const { store, ids, token } = settings;
  const kept = createKeptSpreadsheets(store);
  const listeners = new Map<string, Set<(change: SpreadsheetChange) => void>>();
  const app = new Hono();

  app.use(async (context, next) => {
    if (!isBearer(context.req.header('authorization'), token)) throw unauthenticated();
    await next();
  });
  app.all('/v4/spreadsheets/*', (context) => answer(context.req.raw));
  app.all('/v4/spreadsheets', (context) => answer(context.req.raw));
  app.notFound((context) => context.json(errorBody(notFound()), 404));
  app.onError((error) => {
    const shown =
      error instanceof GoogleError
        ? error
        : new GoogleError('INTERNAL', 'Internal error encountered.', [{ description: error.name }]);
    return Response.json(errorBody(shown), { status: shown.code });
  });

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const [method, names] = findMethod(request.method, url.pathname);
    const query = readQuery(method.query, url.searchParams);
    const mask = query.fields === undefined ? null : parseFieldMask(query.fields);
    if (mask) checkFieldMask(mask, method.answer);
    const call: Call = {
      kept,
      inventId: () => inventId(ids),
      newSpreadsheetId: () => ids.next('book-'),
      names,
      query: query.own,
      mask,
      body: await readBody(request),
      tell: (before, after) => {
        const change = describeChange(before, after, query.quotaUser ?? '');
        for (const listener of listeners.get(after.id) ?? []) listener(change);
      },
    };
    const value = await method.run(call);
    return Response.json(mask ? pickFields(value, mask) : value);
  }

  return {
    app,
    subscribe: (spreadsheetId, listener) => {
      const there = listeners.get(spreadsheetId) ?? new Set();
      listeners.set(spreadsheetId, there.add(listener));
      return () => {
        there.delete(listener);
        if (there.size === 0) listeners.delete(spreadsheetId);
      };
    },
    setAccess: async (spreadsheetId, access) => {
      await kept.change(spreadsheetId, (before) => ({
        spreadsheet: { ...before, access },
        answer: null,
      }));
    },
    remove: kept.remove,
    reportFormulaValues: async (spreadsheetId, reported) => {
      await kept.change(spreadsheetId, (before) => ({
        spreadsheet: reported.reduce(withFormulaValue, before),
        answer: null,
      }));
    },
  };
}

function withFormulaValue(
  spreadsheet: Parameters<typeof replaceTab>[0],
  value: FormulaValue,
): Parameters<typeof replaceTab>[0] {
  const { rowIndex, columnIndex, formulaValue, effectiveValue } = value;
  const tab = tabById(spreadsheet, value.sheetId);
  const change = (row: Row): Row => {
    const cell = row.cells[columnIndex];
    if (cell?.userEnteredValue?.formulaValue !== formulaValue) return row;
    return { ...row, cells: row.cells.with(columnIndex, { ...cell, effectiveValue }) };
  };
  if (rowIndex >= tab.rowCount) return spreadsheet;
  return replaceTab(spreadsheet, {
    ...tab,
    rows: mapRows(tab.rows, rowIndex, rowIndex + 1, change),
  });
}

function findMethod(http: string, path: string): [(typeof methods)[number], readonly string[]] {
  for (const method of methods) {
    const match = method.http === http ? method.path.exec(path) : null;
    if (match) return [method, match.slice(1).map(decodeName)];
  }
  throw notFound();
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw invalid('The path is not valid.');
  }
}

async function readBody(request: Request): Promise<string> {
  const text = await request.text();
  if (text.length > bodyBytesMax) throw invalid('Request payload size exceeds the limit.');
  return text;
}

function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function unauthenticated(): GoogleError {
  return new GoogleError(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  );
}

/** A positive 31-bit number of an id's random bits. */
function inventId(ids: Ids): number {
  return createHash('sha256').update(ids.next('')).digest().readUInt32BE() >>> 1 || 1;
}
