import type { sheets_v4 } from '@googleapis/sheets';
import type { FetchNow } from './fetch-now.ts';

/** The Sheets API's calls that the stand-in needs, each waiting for its answer. Throws Error with the server's words. */
export interface SheetsNow {
  get(query: Readonly<Record<string, string>>): sheets_v4.Schema$Spreadsheet;
  /** What stands in a range, formulas as such; without what is empty at its end. */
  formulas(range: string): readonly (readonly unknown[])[];
  /** As a user types them; null leaves a cell as it is. */
  writeValues(
    range: string,
    values: readonly (readonly (string | number | boolean | null)[])[],
  ): void;
  batchUpdate(request: sheets_v4.Schema$Request): void;
  searchMetadata(
    lookup: sheets_v4.Schema$DeveloperMetadataLookup,
  ): readonly sheets_v4.Schema$DeveloperMetadata[];
}

/** Speaks Google's v4 paths at `url` for one spreadsheet. */
export function createSheetsNow(
  fetchNow: FetchNow,
  { url, token, spreadsheetId }: { url: string; token: string; spreadsheetId: string },
): SheetsNow {
  const root = `${url}/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`;

  function call<T>(path: string, body?: unknown, method = 'POST'): T {
    const reply = fetchNow({
      url: root + path,
      method: body === undefined ? 'GET' : method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (reply.status !== 200) throw new Error(wordsOf(reply.text, reply.status));
    return JSON.parse(reply.text) as T;
  }

  return {
    get: (query) => call(`?${new URLSearchParams(query)}`),
    formulas: (range) => {
      const path = `/values/${encodeURIComponent(range)}?valueRenderOption=FORMULA`;
      return call<sheets_v4.Schema$ValueRange>(path).values ?? [];
    },
    writeValues: (range, values) => {
      const path = `/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`;
      call(path, { values }, 'PUT');
    },
    batchUpdate: (request) => {
      call(':batchUpdate', { requests: [request] });
    },
    searchMetadata: (lookup) => {
      const found = call<sheets_v4.Schema$SearchDeveloperMetadataResponse>(
        '/developerMetadata:search',
        { dataFilters: [{ developerMetadataLookup: lookup }] },
      );
      return (found.matchedDeveloperMetadata ?? []).flatMap((match) =>
        match.developerMetadata ? [match.developerMetadata] : [],
      );
    },
  };
}

function wordsOf(text: string, status: number): string {
  try {
    return String((JSON.parse(text) as { error: { message: unknown } }).error.message);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return `The spreadsheet answered with status ${status}.`;
  }
}
