import { createHash } from 'node:crypto';
import type { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { batchMetadataKey } from '../../shared/book.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import type { BookSnapshot } from '../ports/sheet.ts';

/**
 * A marker is developer metadata of the spreadsheet whose id comes from the batch's: created in the same request as the
 * rows, it makes a second delivery of the batch fail as a whole. Its value holds the time, so that the oldest can go.
 */
const markersKept = 20;

type Metadata = sheets_v4.Schema$DeveloperMetadata;

export function deliveredBatches(spreadsheet: sheets_v4.Schema$Spreadsheet): string[] {
  return markersOf(spreadsheet).map(({ batchId }) => batchId);
}

/** Requests that mark these batches as delivered, and drop the oldest markers beyond those that are kept. */
export function markerRequests(
  batchIds: readonly string[],
  snapshot: BookSnapshot,
  now: Instant,
): sheets_v4.Schema$Request[] {
  return [
    ...batchIds.map((batchId) => ({
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: markerId(batchId),
          metadataKey: batchMetadataKey,
          metadataValue: markerValue(batchId, now),
          location: { spreadsheet: true },
          visibility: 'DOCUMENT',
        },
      },
    })),
    ...droppedMarkers(batchIds, snapshot).map((batchId) => ({
      deleteDeveloperMetadata: { dataFilter: markerFilter(batchId) },
    })),
  ];
}

export function markerValue(batchId: string, now: Instant): string {
  return `${now} ${batchId}`;
}

/** Batches whose markers make room for those of these. */
export function droppedMarkers(
  batchIds: readonly string[],
  { deliveredBatches }: BookSnapshot,
): readonly string[] {
  // Newest first.
  return deliveredBatches.slice(Math.max(0, markersKept - batchIds.length));
}

export function markerFilter(batchId: string): sheets_v4.Schema$DataFilter {
  return {
    developerMetadataLookup: { metadataId: markerId(batchId), metadataKey: batchMetadataKey },
  };
}

/** Whether this metadata is the marker of that batch, and not one whose id happens to be the same. */
export function isMarkerOf(batchId: string, { metadataValue }: Metadata): boolean {
  return metadataValue?.endsWith(` ${batchId}`) ?? false;
}

/** A positive 31-bit number. */
export function markerId(batchId: string): number {
  return createHash('sha256').update(batchId).digest().readUInt32BE() >>> 1 || 1;
}

/** Newest first. */
function markersOf({ developerMetadata = [] }: sheets_v4.Schema$Spreadsheet) {
  return developerMetadata
    .flatMap(({ metadataKey, metadataValue }) => {
      if (metadataKey !== batchMetadataKey || !metadataValue) return [];
      const [at = '', batchId = ''] = metadataValue.split(' ');
      return [{ at, batchId }];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
