import type { ApiAnswers, ApiArgs, ApiCall, ApiResult } from '../shared/api.ts';
import { proofMetadataKey } from '../shared/book.ts';
import { createFormBrowser } from './form-browser.ts';

/** Where a walk goes: the cloud's address, the caller's token, and the book's spreadsheet. */
export interface WalkPlace {
  readonly cloudUrl: string;
  readonly token: string;
  readonly spreadsheetId: string;
  /** Leaves a proof in the spreadsheet, as the add-on does. */
  readonly leaveProof: (proof: string) => Promise<void>;
}

/** The add-on's part in a walk by script: calls, with the proof that the cloud asks for and the user's presence. */
export function createCaller({ cloudUrl, token, spreadsheetId, leaveProof }: WalkPlace) {
  async function ask<C extends ApiCall>(call: C, args: ApiArgs<C>): Promise<ApiResult<C>> {
    const seen = await fetch(`${cloudUrl}/presence`, { method: 'POST' });
    const { presence } = (await seen.json()) as { presence: string };
    const response = await fetch(`${cloudUrl}/api/${call}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ spreadsheetId, args, presence }),
    });
    return (await response.json()) as ApiResult<C>;
  }
  return async <C extends ApiCall>(call: C, args: ApiArgs<C>): Promise<ApiAnswers[C]> => {
    const first = await ask(call, args);
    if (!first.ok && first.proof) await leaveProof(first.proof);
    const result = !first.ok && first.proof ? await ask(call, args) : first;
    if (!result.ok) throw new Error(`${call}: ${JSON.stringify(result.failure)}`);
    return result.value;
  };
}

export type CallCloud = ReturnType<typeof createCaller>;

/** Leaves a proof through the Sheets API, with the token of one who may edit. */
export function proofLeaver(sheetsUrl: string, token: string, spreadsheetId: string) {
  return async (proof: string): Promise<void> => {
    const createDeveloperMetadata = {
      developerMetadata: {
        metadataKey: proofMetadataKey,
        metadataValue: proof,
        visibility: 'DOCUMENT',
        location: { spreadsheet: true },
      },
    };
    const response = await fetch(`${sheetsUrl}/v4/spreadsheets/${spreadsheetId}:batchUpdate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ requests: [{ createDeveloperMetadata }] }),
    });
    if (!response.ok) throw new Error(`the proof was not left: ${response.status}`);
  };
}

/** Walks the connect page and the Sandbox Bank's pages by their forms; ends on the page of the accounts found. */
export async function connectSandboxBank(
  call: CallCloud,
  customer: { readonly login: string; readonly password: string },
): Promise<void> {
  const browser = createFormBrowser();
  const { url } = await call('startConnect', {});
  await browser.open(url);
  await browser.submit(/Sandbox Bank/);
  await browser.submit(/Continue/);
  await browser.submit(/Log in/, { login: customer.login, password: customer.password });
  const { html, url: last } = await browser.submit(/Allow/);
  if (!/is connected/.test(html)) throw new Error(`not connected, at ${new URL(last).pathname}`);
}

/** Asks until it is so; a walk that hangs ends. */
export async function until<T>(
  ask: () => Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
