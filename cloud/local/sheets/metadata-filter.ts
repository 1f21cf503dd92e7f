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
  if (metadataLocation && locationType && locationMatchingStrategy !== 'INTERSECTING_LOCATION') {
    throw invalid('Cannot specify both location type and an exact metadata location.');
  }
  const isMatch = (asked: unknown, found: unknown): boolean =>
    asked === undefined || asked === found;
  return (
    isMatch(lookup.metadataId, entry.metadataId) &&
    isMatch(lookup.metadataKey, entry.metadataKey) &&
    isMatch(lookup.metadataValue, entry.metadataValue) &&
    isMatch(lookup.visibility, entry.visibility) &&
    isMatch(locationType, location.type) &&
    (!metadataLocation ||
      matchesLocation(location, metadataLocation, locationMatchingStrategy ?? 'EXACT_LOCATION'))
  );
}

function matchesLocation(
  location: Location,
  asked: MetadataLocation,
  strategy: 'EXACT_LOCATION' | 'INTERSECTING_LOCATION',
): boolean {
  const isExact = strategy === 'EXACT_LOCATION';
  if (asked.spreadsheet) return !isExact || location.type === 'SPREADSHEET';
  if (location.type === 'SPREADSHEET') return !isExact;
  const sheetId = asked.sheetId ?? asked.dimensionRange?.sheetId ?? 0;
  if (location.sheetId !== sheetId) return false;
  const range = asked.dimensionRange;
  if (!range) return !isExact || location.type === 'SHEET';
  if (location.type === 'SHEET') return !isExact;
  const isSameWay = (range.dimension === 'ROWS') === (location.type === 'ROW');
  if (!isSameWay) return !isExact;
  const { startIndex = 0, endIndex = Number.POSITIVE_INFINITY } = range;
  return location.index >= startIndex && location.index < endIndex;
}
