import { rm } from 'node:fs/promises';
import { type Started, type StartOptions, startLocal } from '../../../cloud/local/start.ts';
import { columnMetadataKey } from '../../../shared/book.ts';
import { makeTempFolder } from '../../temp-folder.ts';
import { createCaller, proofLeaver } from '../../walk.ts';

/** A folder for one test, gone after it. */
export async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await makeTempFolder('bookfeed-test-');
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The whole system on free ports, closed after `run`. */
export async function withLocal(
  options: Omit<StartOptions, 'port'>,
  run: (started: Started) => Promise<void>,
): Promise<void> {
  const started = await startLocal({
    ...options,
    port: 0,
    built: JSON.parse(process.env['BOOKFEED_TEST_BUILT'] ?? 'null') ?? undefined,
  });
  try {
    await run(started);
  } finally {
    await started.close();
  }
}

/** The add-on's calls into a system that runs here. */
export function callerOf({ world, bookId, sessionToken, sheets }: Started) {
  return createCaller({
    cloudUrl: world.publicUrl,
    token: sessionToken,
    spreadsheetId: bookId,
    leaveProof: proofLeaver(sheets.url, sheets.token, bookId),
  });
}

export type ShownRow = Readonly<Record<string, string | number | boolean | undefined>>;

/** What stands in the Transactions tab, by the meaning of its columns. */
export async function rowsOf({ bookId, sheets }: Started): Promise<readonly ShownRow[]> {
  const fields =
    'sheets(properties(title,sheetId),data(rowData.values(effectiveValue),columnMetadata.developerMetadata))';
  const url = `${sheets.url}/v4/spreadsheets/${bookId}?fields=${encodeURIComponent(fields)}&includeGridData=true`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${sheets.token}` } });
  const { sheets: tabs } = (await response.json()) as { sheets: Tab[] };
  for (const { data = [] } of tabs) {
    const [{ columnMetadata = [], rowData = [] } = {}] = data;
    const columns = columnMetadata.map(
      ({ developerMetadata = [] }) =>
        developerMetadata.find(({ metadataKey }) => metadataKey === columnMetadataKey)
          ?.metadataValue,
    );
    if (!columns.includes('counterAccount')) continue;
    return rowData
      .slice(1)
      .map(({ values = [] }) =>
        Object.fromEntries(
          columns.map((column, at) => [column ?? '', shownValue(values[at]?.effectiveValue)]),
        ),
      )
      .filter((row) => Object.values(row).some((value) => value !== undefined && value !== false));
  }
  return [];
}

interface Tab {
  readonly data?: readonly {
    readonly rowData?: readonly {
      readonly values?: readonly { readonly effectiveValue?: Value }[];
    }[];
    readonly columnMetadata?: readonly {
      readonly developerMetadata?: readonly {
        readonly metadataKey: string;
        readonly metadataValue: string;
      }[];
    }[];
  }[];
}

interface Value {
  readonly stringValue?: string;
  readonly numberValue?: number;
  readonly boolValue?: boolean;
}

const shownValue = (value: Value | undefined) =>
  value?.stringValue ?? value?.numberValue ?? value?.boolValue;
