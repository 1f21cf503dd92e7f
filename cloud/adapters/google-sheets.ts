import { sheets_v4 } from '@googleapis/sheets/build/v4.js';
import { proofMetadataKey } from '../../shared/book.ts';
import { FailureError } from '../../shared/failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sheet } from '../ports/sheet.ts';
import { changeRequests } from './google-sheets-changes.ts';
import { isMarkerOf, markerFilter, markerRequests } from './google-sheets-markers.ts';
import { spellChanges } from './google-sheets-plain.ts';
import { layoutFields, snapshotFields, toSnapshot } from './google-sheets-snapshot.ts';
import { prepareTabs } from './google-sheets-tabs.ts';

export interface GoogleSheetsSettings {
  /** Whoever the spreadsheets are shared with: GoogleAuth, or an OAuth2Client that holds an access token. */
  readonly auth: NonNullable<sheets_v4.Options['auth']>;
  /** Of another server that speaks the Sheets API, as http://127.0.0.1:4711; Google's own where absent. */
  readonly rootUrl?: string;
  readonly clock?: Clock;
  /** Called before each HTTP request. */
  readonly onRequest?: (kind: 'read' | 'write') => void;
}

/** Google ends a request by itself after 180 seconds (https://developers.google.com/workspace/sheets/api/limits). */
const timeoutMs = 190_000;

/**
 * The Sheet port on the Sheets API. A request is sent once and never again by itself: whoever delivers knows by markers
 * and ids what a lost answer has done.
 */
export function createGoogleSheets(settings: GoogleSheetsSettings): Sheet {
  const { auth, rootUrl, onRequest = () => {} } = settings;
  const clock = settings.clock ?? { now: () => new Date().toISOString() };
  const { spreadsheets } = new sheets_v4.Sheets({
    auth,
    retry: false,
    timeout: timeoutMs,
    ...(rootUrl && { rootUrl }),
  });

  /** Sends one request. Here alone what the Sheets API answers becomes a failure. */
  async function send<T>(kind: 'read' | 'write', request: () => Promise<{ data: T }>): Promise<T> {
    onRequest(kind);
    try {
      const { data } = await request();
      return data;
    } catch (error) {
      throw toFailureError(error);
    }
  }

  async function searchMetadata(
    spreadsheetId: string,
    dataFilters: sheets_v4.Schema$DataFilter[],
  ): Promise<sheets_v4.Schema$DeveloperMetadata[]> {
    const requestBody = { dataFilters };
    const { matchedDeveloperMetadata = [] } = await send('read', () =>
      spreadsheets.developerMetadata.search({ spreadsheetId, requestBody }),
    );
    return matchedDeveloperMetadata.flatMap(({ developerMetadata }) =>
      developerMetadata ? [developerMetadata] : [],
    );
  }

  /** Whether each of the batches has its marker in the spreadsheet. */
  async function areDelivered(spreadsheetId: string, batchIds: readonly string[]) {
    const found = await searchMetadata(spreadsheetId, batchIds.map(markerFilter));
    return batchIds.every((id) => found.some((metadata) => isMarkerOf(id, metadata)));
  }

  return {
    readBook: async (spreadsheetId, extent) => {
      const fields = extent === 'layout' ? layoutFields : snapshotFields;
      return toSnapshot(await send('read', () => spreadsheets.get({ spreadsheetId, fields })));
    },

    writeBook: async (spreadsheetId, snapshot, changes) => {
      const { batchIds } = changes;
      const tabs = prepareTabs(snapshot, changes);
      const requests = [
        ...markerRequests(batchIds, snapshot, clock.now()),
        ...tabs.requests,
        ...changeRequests(tabs, changes, snapshot.locale),
      ];
      if (requests.length === 0) return;
      const fields = 'spreadsheetId';
      const requestBody = { requests };
      try {
        await send('write', () => spreadsheets.batchUpdate({ spreadsheetId, fields, requestBody }));
      } catch (error) {
        const isRefused = error instanceof FailureError && statusOf(error.cause) === 400;
        if (!isRefused || batchIds.length === 0) throw error;
        // That a marker is there already is a 400 like any other: what it means is looked up, not read out of its text.
        // Where only some are there, the rows of the others are not, and the caller must read and write again.
        if (!(await areDelivered(spreadsheetId, batchIds))) throw error;
      }
    },

    spellChanges: (snapshot, changes) => spellChanges(snapshot, changes, clock.now()),

    hasProof: async (spreadsheetId, proof) => {
      if (proof === '') return false;
      const lookup = { metadataKey: proofMetadataKey, metadataValue: proof };
      const found = await searchMetadata(spreadsheetId, [{ developerMetadataLookup: lookup }]);
      return found.length > 0;
    },
  };
}

function toFailureError(cause: unknown): FailureError {
  const status = statusOf(cause);
  if (status === 404) return new FailureError('sheet-gone', undefined, { cause });
  if (status === 403) return new FailureError('sheet-not-writable', undefined, { cause });
  return new FailureError('sheet-unavailable', status ? `status ${status}` : 'no answer', {
    cause,
  });
}

/** Of the answer; undefined where there was none. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { response } = error as Error & { response?: { status?: unknown } };
  return typeof response?.status === 'number' ? response.status : undefined;
}
