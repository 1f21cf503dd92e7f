import type { Reply } from './answer-schema.ts';
import {
  addConditionalFormatRule,
  appendCells,
  copyPaste,
  repeatCell,
  setDataValidation,
  sortRange,
  updateCells,
} from './cell-requests.ts';
import {
  appendDimension,
  deleteDimension,
  insertDimension,
  moveDimension,
  updateDimensionProperties,
} from './dimension-requests.ts';
import { GoogleError, invalid } from './google-error.ts';
import {
  createDeveloperMetadata,
  deleteDeveloperMetadata,
  updateDeveloperMetadata,
} from './metadata-requests.ts';
import type { Request, RequestKind, RequestOf } from './request-schema.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import {
  addSheet,
  deleteSheet,
  updateSheetProperties,
  updateSpreadsheetProperties,
} from './tab-requests.ts';

/** What a request leads to. */
export interface Step {
  readonly spreadsheet: Spreadsheet;
  readonly reply?: Reply;
}

/** An id that Google would make up: a positive 31-bit number. */
export type InventId = () => number;

/**
 * Carries out the requests of a batchUpdate in order. Nothing is changed in place: a request that cannot be carried
 * out throws, and the spreadsheet that was given still stands.
 * @throws GoogleError 400, its message naming the request as Google does: `Invalid requests[2].addSheet: …`
 */
export function applyRequests(
  spreadsheet: Spreadsheet,
  requests: readonly Request[],
  inventId: InventId,
): { readonly spreadsheet: Spreadsheet; readonly replies: Reply[] } {
  let current = spreadsheet;
  const replies = requests.map((request, index) => {
    const kinds = Object.keys(request) as RequestKind[];
    const [kind] = kinds;
    if (kind === undefined) throw invalid(`Invalid requests[${index}]: No request set.`);
    if (kinds.length > 1) {
      throw invalid(`Invalid requests[${index}]: oneof field 'kind' is already set.`);
    }
    const step = named(`requests[${index}].${kind}`, () => apply(current, kind, request, inventId));
    current = step.spreadsheet;
    return step.reply ?? {};
  });
  return { spreadsheet: current, replies };
}

type Apply<K extends RequestKind> = (
  spreadsheet: Spreadsheet,
  request: RequestOf<K>,
  inventId: InventId,
) => Step;

const appliers: { readonly [K in RequestKind]: Apply<K> } = {
  updateSpreadsheetProperties,
  addSheet,
  deleteSheet,
  updateSheetProperties,
  updateCells,
  appendCells,
  repeatCell,
  setDataValidation,
  addConditionalFormatRule,
  sortRange,
  copyPaste,
  insertDimension,
  deleteDimension,
  moveDimension,
  appendDimension,
  updateDimensionProperties,
  createDeveloperMetadata,
  updateDeveloperMetadata,
  deleteDeveloperMetadata,
};

function apply<K extends RequestKind>(
  spreadsheet: Spreadsheet,
  kind: K,
  request: Request,
  inventId: InventId,
): Step {
  return appliers[kind](spreadsheet, request[kind] as RequestOf<K>, inventId);
}

function named(place: string, run: () => Step): Step {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    throw new GoogleError(error.status, `Invalid ${place}: ${error.message}`, error.violations);
  }
}
