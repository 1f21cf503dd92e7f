import type { ApiArgs, ApiCall, ApiResult } from '../../shared/api.ts';
import { proofMetadataKey } from '../../shared/book.ts';
import { cloudUnreachable } from '../../shared/failures.ts';

/**
 * Asks the cloud for the spreadsheet that is open. What the cloud cannot know, `cloud-unreachable`, is answered here; a
 * demand to prove that the user may edit the spreadsheet is met once, and never reaches the sidebar.
 * @param presence what the cloud gave the user's own browser a moment ago: then the bank is told that the user is there
 */
export function callCloud<C extends ApiCall>(
  call: C,
  args: ApiArgs<C>,
  presence?: string | null,
): ApiResult<C> {
  const answer = post(call, args, presence);
  if (answer.ok || answer.proof === undefined) return answer;
  const proven = withProof(answer.proof, () => post(call, args, presence)) ?? answer;
  return proven.ok ? proven : { ok: false, failure: proven.failure };
}

/** The result of `ask` while the proof stands in the spreadsheet; undefined for a user who may not write it there. */
function withProof<T>(proof: string, ask: () => T): T | undefined {
  const spreadsheet = SpreadsheetApp.getActive();
  try {
    const { DOCUMENT } = SpreadsheetApp.DeveloperMetadataVisibility;
    spreadsheet.addDeveloperMetadata(proofMetadataKey, proof, DOCUMENT);
    // Apps Script keeps writes back; the cloud looks for this one during the call.
    SpreadsheetApp.flush();
  } catch {
    return undefined;
  }
  try {
    return ask();
  } finally {
    const left = spreadsheet.createDeveloperMetadataFinder().withKey(proofMetadataKey);
    for (const metadata of left.withValue(proof).find()) metadata.remove();
  }
}

function post<C extends ApiCall>(
  call: C,
  args: ApiArgs<C>,
  presence?: string | null,
): ApiResult<C> {
  const spreadsheetId = SpreadsheetApp.getActive().getId();
  const cloudUrl = PropertiesService.getScriptProperties().getProperty('cloudUrl');
  if (!cloudUrl) return unreachable('the script property cloudUrl is not set');
  let response: GoogleAppsScript.URL_Fetch.HTTPResponse;
  try {
    response = UrlFetchApp.fetch(`${cloudUrl.replace(/\/+$/, '')}/api/${call}`, {
      method: 'post',
      contentType: 'application/json',
      headers: { Authorization: `Bearer ${ScriptApp.getIdentityToken()}` },
      payload: JSON.stringify({ spreadsheetId, args, ...(presence && { presence }) }),
      muteHttpExceptions: true,
    });
  } catch {
    // The message names the address and varies with Google's network: nothing the user could act on.
    return unreachable('no answer');
  }
  return parseResult<C>(response.getContentText()) ?? notOurs(response.getResponseCode());
}

function parseResult<C extends ApiCall>(text: string): ApiResult<C> | undefined {
  try {
    const result = JSON.parse(text);
    const isResult = result?.ok === true ? 'value' in result : result?.failure?.code !== undefined;
    return isResult ? result : undefined;
  } catch {
    return undefined;
  }
}

function notOurs(status: number): Refusal {
  return unreachable(`something else answered there, with status ${status}`);
}

function unreachable(detail: string): Refusal {
  return { ok: false, failure: { code: 'cloud-unreachable', detail, ...cloudUnreachable } };
}

type Refusal = Extract<ApiResult<ApiCall>, { ok: false }>;
