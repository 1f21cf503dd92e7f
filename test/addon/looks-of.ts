import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { batchMetadataKey } from '../../shared/book.ts';

type Metadata = sheets_v4.Schema$DeveloperMetadata;

/** All that a user or a later delivery can tell of a spreadsheet: ids and times that differ each time are left out. */
export function looksOf(spreadsheet: sheets_v4.Schema$Spreadsheet) {
  return {
    properties: spreadsheet.properties,
    metadata: looksOfMetadata(spreadsheet.developerMetadata),
    tabs: spreadsheet.sheets?.map(({ properties, conditionalFormats, data, developerMetadata }) => {
      const { sheetId: _, ...rest } = properties ?? {};
      const columnCount = properties?.gridProperties?.columnCount ?? 0;
      const [grid = {}] = data ?? [];
      return {
        properties: rest,
        metadata: looksOfMetadata(developerMetadata),
        conditionalFormats: conditionalFormats?.map((rule) => looksOfRule(rule, columnCount)),
        columns: grid.columnMetadata?.map(({ developerMetadata: of, ...column }) => ({
          ...column,
          metadata: looksOfMetadata(of),
        })),
        rows: withoutEnd(grid.rowData ?? []),
      };
    }),
  };
}

function looksOfMetadata(metadata: readonly Metadata[] = []): string[] {
  return metadata
    .map(({ metadataKey, metadataValue, visibility }) => {
      const value =
        metadataKey === batchMetadataKey ? metadataValue?.replace(/^\S+ |-.*/g, '') : metadataValue;
      return `${metadataKey}=${value} ${visibility}`;
    })
    .toSorted();
}

/** A range over all columns may name its end or not; a colour is one of 256 steps to whoever sees it. */
function looksOfRule(
  { ranges, booleanRule }: sheets_v4.Schema$ConditionalFormatRule,
  columnCount: number,
) {
  return {
    booleanRule: JSON.parse(JSON.stringify(booleanRule), (_, value) =>
      typeof value === 'number' ? Math.round(value * 255) : value,
    ),
    ranges: ranges?.map(({ sheetId: _, startColumnIndex, endColumnIndex, ...range }) => ({
      ...range,
      from: startColumnIndex ?? 0,
      to: endColumnIndex ?? columnCount,
    })),
  };
}

/** A cell of which nothing is set is no other than one that is not there. */
function withoutEnd(rows: readonly sheets_v4.Schema$RowData[]) {
  const looks = rows.map(({ values = [] }) => values.map((cell) => JSON.stringify(cell)));
  for (const cells of looks) while (cells.at(-1) === '{}') cells.pop();
  while (looks.at(-1)?.length === 0) looks.pop();
  return looks.map((cells) => cells.map((cell) => JSON.parse(cell)));
}
