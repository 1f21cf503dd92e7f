import type { sheets_v4 } from '@googleapis/sheets';
import type { Book } from './open-book.ts';
import { standIn } from './stand-in.ts';

type Metadata = sheets_v4.Schema$DeveloperMetadata;

/** How to make what the location of metadata leads to. */
export interface Places {
  sheet(sheetId: number): object;
  column(sheetId: number, position: number): object;
}

export function createFinder(
  book: Book,
  places: Places,
  isInScope: (metadata: Metadata) => boolean,
): object {
  const lookup: sheets_v4.Schema$DeveloperMetadataLookup = {};
  const finder: object = standIn('DeveloperMetadataFinder', {
    withKey: (key: string) => {
      lookup.metadataKey = key;
      return finder;
    },
    withValue: (value: string) => {
      lookup.metadataValue = value;
      return finder;
    },
    find: () =>
      book.sheets
        .searchMetadata(lookup)
        .filter(isInScope)
        .map((metadata) => createMetadata(book, places, metadata)),
  });
  return finder;
}

function createMetadata(
  book: Book,
  places: Places,
  { metadataId, metadataKey, metadataValue, location }: Metadata,
): object {
  const developerMetadataLookup = { metadataId: metadataId ?? 0 };
  let value = metadataValue ?? '';
  const metadata: object = standIn('DeveloperMetadata', {
    getKey: () => metadataKey ?? '',
    getValue: () => value,
    getLocation: () => createLocation(places, location),
    setValue: (changed: string) => {
      book.sheets.batchUpdate({
        updateDeveloperMetadata: {
          dataFilters: [{ developerMetadataLookup }],
          developerMetadata: { metadataValue: changed },
          fields: 'metadataValue',
        },
      });
      value = changed;
      return metadata;
    },
    remove: () =>
      book.sheets.batchUpdate({
        deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup } },
      }),
  });
  return metadata;
}

/** Each getter answers for its own type of location alone, and null for the others. */
function createLocation(places: Places, location: Metadata['location']): object {
  const { dimensionRange, sheetId, locationType } = location ?? {};
  return standIn('DeveloperMetadataLocation', {
    getLocationType: () => locationType ?? '',
    getSheet: () => (locationType === 'SHEET' ? places.sheet(sheetId ?? 0) : null),
    getColumn: () =>
      locationType === 'COLUMN'
        ? places.column(dimensionRange?.sheetId ?? 0, dimensionRange?.startIndex ?? 0)
        : null,
  });
}

export function sheetOf(location: Metadata['location']): number | undefined {
  return location?.dimensionRange?.sheetId ?? location?.sheetId ?? undefined;
}
