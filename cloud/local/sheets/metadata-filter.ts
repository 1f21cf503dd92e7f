import { areaFromA1 } from './a1.ts';
import { invalid } from './google-error.ts';
import type { Location, Metadata, Spreadsheet } from './spreadsheet.ts';
import type { DataFilter, MetadataLocation, MetadataLookup } from './spreadsheet-schema.ts';

/** Whether developer metadata is what a data filter asks for. */
export function matchesFilter(
  spreadsheet: Spreadsheet,
  entry: Metadata,
  filter: DataFilter,
): boolean {
  const { developerMetadataLookup: lookup, a1Range, gridRange } = filter;
  if (lookup) return matchesLookup(entry, lookup);
  if (a1Range === undefined && !gridRange) throw invalid('A data filter must have a criterion.');
  const place = a1Range === undefined ? gridRange : areaFromA1(spreadsheet, a1Range).range;
  const { location } = entry;
  if (location.type === 'SPREADSHEET') return false;
  if (location.sheetId !== (place?.sheetId ?? 0)) return false;
  if (location.type === 'SHEET') return true;
  const [start = 0, end = Number.POSITIVE_INFINITY] =
    location.type === 'ROW'
      ? [place?.startRowIndex, place?.endRowIndex]
      : [place?.startColumnIndex, place?.endColumnIndex];
  return location.index >= start && location.index < end;
}

function matchesLookup({ location, ...entry }: Metadata, lookup: MetadataLookup): boolean {
  const { metadataLocation, locationMatchingStrategy, locationType } = lookup;
  if (locationMatchingStrategy && !metadataLocation) {
    throw invalid('A location matching strategy needs a metadata location.');
  }
  if (locationType && locationMatchingStrategy === 'EXACT_LOCATION') {
    throw invalid('Cannot specify both a location type and an exact metadata location.');
  }
  const isExact = locationMatchingStrategy === 'EXACT_LOCATION';
  const isMatch = (asked: unknown, found: unknown): boolean =>
    asked === undefined || asked === found;
  return (
    isMatch(lookup.metadataId, entry.metadataId) &&
    isMatch(lookup.metadataKey, entry.metadataKey) &&
    isMatch(lookup.metadataValue, entry.metadataValue) &&
    isMatch(lookup.visibility, entry.visibility) &&
    isMatch(locationType, location.type) &&
    (!metadataLocation || matchesLocation(location, metadataLocation, isExact))
  );
}

/** A tab meets its rows and columns, and each row each column; the spreadsheet as a place meets nothing but itself. */
function matchesLocation(location: Location, asked: MetadataLocation, isExact: boolean): boolean {
  if (asked.spreadsheet || location.type === 'SPREADSHEET') {
    return asked.spreadsheet === true && location.type === 'SPREADSHEET';
  }
  const range = asked.dimensionRange;
  if (location.sheetId !== (asked.sheetId ?? range?.sheetId ?? 0)) return false;
  if (!range) return !isExact || location.type === 'SHEET';
  if (location.type === 'SHEET') return !isExact;
  const isSameWay = (range.dimension === 'ROWS') === (location.type === 'ROW');
  if (!isSameWay) return !isExact;
  const { startIndex = 0, endIndex = Number.POSITIVE_INFINITY } = range;
  return location.index >= startIndex && location.index < endIndex;
}
