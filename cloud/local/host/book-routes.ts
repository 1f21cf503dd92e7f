import { Hono } from 'hono';
import { streamText } from 'hono/streaming';
import { z } from 'zod';
import { BookUnavailable, createBookLink, type SheetsAccess } from './book-link.ts';

/** An open page hears so often that it is still connected. */
const heartbeatMs = 15_000;
/** More than the 2 MB that Google advises for one batchUpdate, less than what would hurt. */
const bodyMax = 20_000_000;

/** Of the results that a page reports at once. */
export const formulaValueMax = 1000;

const changeBody = z.strictObject({
  id: z.string().max(100),
  isAgain: z.boolean(),
  structure: z.string().max(100),
  requests: z.array(z.record(z.string(), z.unknown())).min(1),
});

const index = z.int().min(0);
const formulaValues = z
  .array(
    z.strictObject({
      sheetId: z.int(),
      rowIndex: index,
      columnIndex: index,
      formulaValue: z.string().max(50_000),
      effectiveValue: z.union([
        z.strictObject({ numberValue: z.number() }),
        z.strictObject({ stringValue: z.string().max(50_000) }),
        z.strictObject({ boolValue: z.boolean() }),
        z.strictObject({
          errorValue: z.strictObject({
            type: z.enum([
              'ERROR',
              'NULL_VALUE',
              'DIVIDE_BY_ZERO',
              'VALUE',
              'REF',
              'NAME',
              'NUM',
              'N_A',
            ]),
            message: z.string().max(1000),
          }),
        }),
      ]),
    }),
  )
  .max(formulaValueMax);

/** `/book`: the grid's spreadsheet, its changes, and a stream of lines that says when to read it again. */
export function createBookRoutes(
  sheets: SheetsAccess,
  spreadsheetId: string,
  closing: AbortSignal,
): Hono {
  const book = createBookLink(sheets, spreadsheetId);
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof BookUnavailable) return c.json({ message: error.message }, 503);
    throw error;
  });
  app.get('/state', async (c) => c.json(await book.read()));
  app.post('/changes', async (c) => {
    const text = await c.req.text();
    const change = text.length > bodyMax ? undefined : changeBody.safeParse(parseJson(text)).data;
    if (!change) return c.json({ message: 'These are no changes of a spreadsheet.' }, 400);
    return c.json(await book.change(change));
  });
  app.post('/formula-values', async (c) => {
    const values = formulaValues.safeParse(parseJson(await c.req.text()));
    if (!values.success) return c.json({ message: 'These are no results of formulas.' }, 400);
    await sheets.reportFormulaValues?.(spreadsheetId, values.data);
    return c.body(null, 204);
  });
  app.get('/events', (c) =>
    streamText(c, async (stream) => {
      const bell = createBell();
      const unsubscribe = sheets.subscribe(spreadsheetId, () => bell.ring());
      stream.onAbort(() => bell.ring());
      closing.addEventListener('abort', bell.ring);
      await stream.writeln('connected');
      while (!stream.aborted && !closing.aborted) {
        const isChanged = await bell.wasRung(heartbeatMs);
        if (!closing.aborted) await stream.writeln(isChanged ? 'changed' : 'still here');
      }
      closing.removeEventListener('abort', bell.ring);
      unsubscribe();
    }),
  );
  return app;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Remembers one ring, so that many changes while a line is written are one line more. */
function createBell() {
  let isRung = false;
  let wake = () => {};
  return {
    ring: () => {
      isRung = true;
      wake();
    },
    /** False when `timeoutMs` have passed in silence. */
    wasRung: async (timeoutMs: number) => {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const answer = isRung;
      isRung = false;
      return answer;
    },
  };
}
