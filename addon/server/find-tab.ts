import { columnMetadataKey, type TabKind, tabMetadataKey } from '../../shared/book.ts';

/** The tab of this meaning, whatever the user calls it; undefined before the first row has made it. */
export function findTab(meaning: TabKind): GoogleAppsScript.Spreadsheet.Sheet | undefined {
  const marked = SpreadsheetApp.getActive()
    .createDeveloperMetadataFinder()
    .withKey(tabMetadataKey)
    .withValue(meaning)
    .find()[0];
  return marked?.getLocation().getSheet() ?? undefined;
}

/** Columns of a tab by their meaning, counted from 1, wherever they stand. */
export function findColumns(tab: GoogleAppsScript.Spreadsheet.Sheet): Map<string, number> {
  const columns = new Map<string, number>();
  for (const metadata of tab.createDeveloperMetadataFinder().withKey(columnMetadataKey).find()) {
    const column = metadata.getLocation().getColumn();
    if (column) columns.set(metadata.getValue() ?? '', column.getColumn());
  }
  return columns;
}
