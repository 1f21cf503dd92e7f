import type { z } from 'zod';
import type { searchMetadataAnswer } from './answer-schema.ts';
import { readSpreadsheet } from './call-spreadsheet.ts';
import { notFound } from './google-error.ts';
import { matchesFilter } from './metadata-filter.ts';
import { metadataAnswer } from './metadata-requests.ts';
import type { Call } from './methods.ts';
import { parseJson } from './parse-json.ts';
import { searchMetadataBody } from './request-schema.ts';
import type { DeveloperMetadata } from './spreadsheet-schema.ts';

/** Each piece of metadata that any filter matches, once, with the filters that match it. */
export async function searchMetadata(call: Call): Promise<z.infer<typeof searchMetadataAnswer>> {
  const { dataFilters } = parseJson(searchMetadataBody, call.body);
  const spreadsheet = await readSpreadsheet(call);
  const matched = spreadsheet.metadata.flatMap((entry) => {
    const filters = dataFilters.filter((filter) => matchesFilter(spreadsheet, entry, filter));
    if (filters.length === 0) return [];
    return [{ developerMetadata: metadataAnswer(entry), dataFilters: filters }];
  });
  return matched.length > 0 ? { matchedDeveloperMetadata: matched } : {};
}

export async function getMetadata(call: Call): Promise<DeveloperMetadata> {
  const spreadsheet = await readSpreadsheet(call);
  const id = Number(call.names[1]);
  const found = spreadsheet.metadata.find((entry) => entry.metadataId === id);
  if (!found) throw notFound();
  return metadataAnswer(found);
}
