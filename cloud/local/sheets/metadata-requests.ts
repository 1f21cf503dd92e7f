import type { InventId, Step } from './apply-requests.ts';
import { checkFieldMask, mergeFields, parseFieldMask } from './field-mask.ts';
import { invalid } from './google-error.ts';
import { matchesFilter } from './metadata-filter.ts';
import type { RequestOf } from './request-schema.ts';
import { type Location, type Metadata, type Spreadsheet, tabById } from './spreadsheet.ts';
import {
  type DeveloperMetadata,
  type MetadataLocation,
  developerMetadata as metadataSchema,
} from './spreadsheet-schema.ts';

/** With the id that is given, or an invented one; an id that is taken is an error. */
export function createDeveloperMetadata(
  spreadsheet: Spreadsheet,
  { developerMetadata }: RequestOf<'createDeveloperMetadata'>,
  inventId: InventId,
): Step {
  const { metadataKey, metadataValue, visibility, location } = developerMetadata;
  const metadataId = developerMetadata.metadataId ?? inventId();
  if (!metadataKey) throw invalid('Must specify a metadata key.');
  if (!visibility) throw invalid('Must specify a metadata visibility.');
  if (spreadsheet.metadata.some((other) => other.metadataId === metadataId)) {
    throw invalid(`Developer metadata with ID ${metadataId} already exists.`);
  }
  const made: Metadata = {
    metadataId,
    metadataKey,
    ...(metadataValue !== undefined && { metadataValue }),
    visibility,
    location: readLocation(spreadsheet, location),
  };
  return {
    spreadsheet: { ...spreadsheet, metadata: [...spreadsheet.metadata, made] },
    reply: { createDeveloperMetadata: { developerMetadata: metadataAnswer(made) } },
  };
}

export function updateDeveloperMetadata(
  spreadsheet: Spreadsheet,
  { dataFilters, developerMetadata, fields }: RequestOf<'updateDeveloperMetadata'>,
): Step {
  const mask = parseFieldMask(fields);
  checkFieldMask(mask, metadataSchema);
  const updated: Metadata[] = [];
  const metadata = spreadsheet.metadata.map((entry) => {
    if (!dataFilters.some((filter) => matchesFilter(spreadsheet, entry, filter))) return entry;
    const wanted = mergeFields<DeveloperMetadata>(metadataAnswer(entry), developerMetadata, mask);
    const { metadataKey, metadataValue, visibility = entry.visibility } = wanted;
    if (!metadataKey) throw invalid('Must specify a metadata key.');
    const changed: Metadata = {
      metadataId: entry.metadataId,
      metadataKey,
      ...(metadataValue !== undefined && { metadataValue }),
      visibility,
      location: wanted.location ? readLocation(spreadsheet, wanted.location) : entry.location,
    };
    updated.push(changed);
    return changed;
  });
  return {
    spreadsheet: { ...spreadsheet, metadata },
    reply: { updateDeveloperMetadata: { developerMetadata: updated.map(metadataAnswer) } },
  };
}

export function deleteDeveloperMetadata(
  spreadsheet: Spreadsheet,
  { dataFilter }: RequestOf<'deleteDeveloperMetadata'>,
): Step {
  const deleted = spreadsheet.metadata.filter((entry) =>
    matchesFilter(spreadsheet, entry, dataFilter),
  );
  const metadata = spreadsheet.metadata.filter((entry) => !deleted.includes(entry));
  return {
    spreadsheet: { ...spreadsheet, metadata },
    reply: { deleteDeveloperMetadata: { deletedDeveloperMetadata: deleted.map(metadataAnswer) } },
  };
}

/** Developer metadata as it is answered. */
export function metadataAnswer(entry: Metadata): DeveloperMetadata {
  return { ...entry, location: locationAnswer(entry.location) };
}

function locationAnswer(location: Location): MetadataLocation {
  if (location.type === 'SPREADSHEET') return { locationType: 'SPREADSHEET', spreadsheet: true };
  const { type, sheetId } = location;
  if (type === 'SHEET') return { locationType: 'SHEET', sheetId };
  const { index } = location;
  const dimension = type === 'ROW' ? 'ROWS' : 'COLUMNS';
  return {
    locationType: type,
    dimensionRange: { sheetId, dimension, startIndex: index, endIndex: index + 1 },
  };
}

/** @throws GoogleError 400 for a place that is none or not there. */
function readLocation(spreadsheet: Spreadsheet, location: MetadataLocation = {}): Location {
  const { spreadsheet: isWhole, sheetId, dimensionRange } = location;
  const given = [isWhole, sheetId, dimensionRange].filter((part) => part !== undefined);
  if (given.length > 1) throw invalid("oneof field 'location' is already set.");
  if (isWhole) return { type: 'SPREADSHEET' };
  if (sheetId !== undefined) {
    return { type: 'SHEET', sheetId: tabById(spreadsheet, sheetId).sheetId };
  }
  if (!dimensionRange) throw invalid('Must specify a metadata location.');
  const { dimension, startIndex = 0, endIndex } = dimensionRange;
  const tab = tabById(spreadsheet, dimensionRange.sheetId);
  const isRow = dimension === 'ROWS';
  if (endIndex !== startIndex + 1) {
    throw invalid('Developer metadata can only be associated with a single row or column.');
  }
  if (startIndex >= (isRow ? tab.rowCount : tab.columnCount)) {
    throw invalid('The metadata location is beyond the size of the sheet.');
  }
  return { type: isRow ? 'ROW' : 'COLUMN', sheetId: tab.sheetId, index: startIndex };
}
