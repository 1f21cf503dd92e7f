import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Ids } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { checkFieldMask, parseFieldMask, pickFields } from './field-mask.ts';
import { type FormulaValue, withFormulaValue } from './formula-value.ts';
import { errorBody, GoogleError, invalid, notFound } from './google-error.ts';
import { createKeptSpreadsheets } from './kept-spreadsheets.ts';
import { createListeners } from './listeners.ts';
import { type Call, methods } from './methods.ts';
import { readQuery } from './read-query.ts';
import type { Access, Spreadsheet } from './spreadsheet.ts';
import type { SpreadsheetChange } from './spreadsheet-change.ts';

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

const bodyMax = 64 * 1024 * 1024;

export interface SheetsServerSettings {
  /** Where the spreadsheets live; each write is kept there before it is answered. */
  readonly store: Store;
  readonly ids: Ids;
  /** What callers must hold. */
  readonly token: string;
  /** Told of errors that are defects of this program: the caller gets no more than a 500, or nothing at all. */
  readonly onDefect?: (error: unknown) => void;
}

export function createSheetsServer(settings: SheetsServerSettings): SheetsServer {
  const { store, ids, token, onDefect = () => {} } = settings;
  const kept = createKeptSpreadsheets(store);
  const { subscribe, tell } = createListeners(onDefect);
  const app = new Hono();

  app.use(async (context, next) => {
    if (!isBearer(context.req.header('authorization'), token)) throw unauthenticated();
    await next();
  });
  app.all('/v4/spreadsheets/*', (context) => answer(context.req.raw));
  app.all('/v4/spreadsheets', (context) => answer(context.req.raw));
  app.notFound((context) => context.json(errorBody(notFound()), 404));
  app.onError((error) => {
    const isKnown = error instanceof GoogleError;
    if (!isKnown) onDefect(error);
    const shown = isKnown ? error : new GoogleError('INTERNAL', 'Internal error encountered.');
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
      tell: (before, after) => tell(before, after, query.quotaUser ?? ''),
    };
    const value = await method.run(call);
    return Response.json(mask ? pickFields(value, mask) : value);
  }

  async function change(id: string, run: (before: Spreadsheet) => Spreadsheet): Promise<void> {
    await kept.change(id, (before) => ({ spreadsheet: run(before), answer: null }));
  }

  return {
    app,
    subscribe,
    setAccess: (id, access) => change(id, (before) => ({ ...before, access })),
    remove: kept.remove,
    reportFormulaValues: (id, reported) =>
      change(id, (before) => reported.reduce(withFormulaValue, before)),
  };
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
  const announced = Number(request.headers.get('content-length') ?? 0);
  const text = announced > bodyMax ? null : await request.text();
  if (text === null || text.length > bodyMax) {
    throw invalid(`Request payload size exceeds the limit: ${bodyMax} bytes.`);
  }
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
