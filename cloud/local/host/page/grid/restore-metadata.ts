import type { sheets_v4 } from '@googleapis/sheets';
import type { Outgoing } from './translator.ts';

/** Gives a row, column or tab that came back its developer metadata again; the server gives new ids. */
export function createMetadata(
  metadata: readonly sheets_v4.Schema$DeveloperMetadata[],
  location: sheets_v4.Schema$DeveloperMetadataLocation,
  { push }: Outgoing,
): void {
  for (const { metadataKey, metadataValue, visibility } of metadata) {
    const kept = { metadataKey, metadataValue, visibility };
    const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value != null));
    push({ createDeveloperMetadata: { developerMetadata: { ...given, location } } });
  }
}
