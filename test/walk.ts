import type { ApiAnswers, ApiArgs, ApiCall, ApiResult } from '../shared/api.ts';
import type { Institution, WayIn } from '../shared/bank.ts';
import { proofMetadataKey } from '../shared/book.ts';
import { createFormBrowser, type FormPage } from './form-browser.ts';

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

/** How a bank is connected, where it is not anew and over the bank's own page. */
export interface ConnectWalk {
  /** The connection to renew or, with `wayIn`, to change. */
  readonly connectionId?: string;
  readonly wayIn?: WayIn;
  /** Fields for what the bank asks after the login: `method`, `code`, or none once it is approved. */
  readonly answer?: (question: FormPage) => Promise<Readonly<Record<string, string>>>;
}

type Customer = { readonly login: string; readonly password: string };

/** Walks the connect page and the Sandbox Bank's pages by their forms; ends on the page of the accounts found. */
export function connectSandboxBank(
  call: CallCloud,
  { login, password }: Customer,
  walk: ConnectWalk = {},
): Promise<void> {
  const institution = { name: 'Sandbox Bank', country: 'DE', wayIn: walk.wayIn ?? 'psd2' };
  const credentials = { login, password };
  return connectBank(call, { login, password }, { ...walk, institution, credentials });
}

export interface BankWalk extends ConnectWalk {
  readonly institution: Pick<Institution, 'name' | 'country' | 'wayIn'>;
  /** What is typed on our page, where it asks. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** What is done on the bank's own page, where that is not by its forms; where the browser is sent then. */
  readonly decide?: (page: string) => Promise<string>;
}

/** The same at any bank whose own page has the forms of the Sandbox Bank's, or none. */
export async function connectBank(
  call: CallCloud,
  customer: Customer,
  { connectionId, wayIn, institution, credentials = {}, decide, answer = noAnswer }: BankWalk,
): Promise<void> {
  const browser = createFormBrowser();
  const { login, password } = customer;
  const { url } = await call('startConnect', {
    ...(connectionId && { connectionId }),
    ...(connectionId && wayIn && { wayIn }),
  });
  const isAt = (path: string) => new URL(browser.page().url).pathname === path;
  await browser.open(url);
  const { origin } = new URL(url);
  if (isAt('/connect/country')) await chooseBank(browser, institution);
  if (isAt('/connect/login')) {
    const isTypedHere = browser.page().html.includes('name="login.');
    const typed = Object.entries(credentials).map(([name, text]) => [`login.${name}`, text]);
    await browser.submit(/Log in|Continue to/, isTypedHere ? Object.fromEntries(typed) : {});
  }
  const { url: page } = browser.page();
  if (new URL(page).origin !== origin && decide) {
    await browser.open(await decide(page));
  } else if (new URL(page).origin !== origin) {
    await browser.submit(/Log in/, { login, password });
    await browser.submit(/Allow/);
  }
  for (let asked = 0; isAt('/connect/confirm') && asked < confirmationMax; asked++) {
    await browser.submit(/Continue|Send|I have approved it/, await answer(browser.page()));
  }
  const { html, url: last } = browser.page();
  if (!/is connected/.test(html)) {
    const [, told = ''] = /role="alert"[^>]*>(.*?)<\/(?:div|section|p)>/s.exec(html) ?? [];
    const words = told.replace(/<[^>]*>|\s+/g, ' ').trim();
    throw new Error(`not connected, at ${new URL(last).pathname}: ${words}`);
  }
}

/** From the first page to the one from which the login begins. */
export function chooseSandboxBank(
  browser: ReturnType<typeof createFormBrowser>,
  wayIn: WayIn = 'psd2',
): Promise<void> {
  return chooseBank(browser, { name: 'Sandbox Bank', country: 'DE', wayIn });
}

async function chooseBank(
  browser: ReturnType<typeof createFormBrowser>,
  { name, country, wayIn }: BankWalk['institution'],
): Promise<void> {
  const countryName = new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country;
  await browser.submit(new RegExp(countryName));
  await browser.submit(/Continue/, { accepted: 'yes' });
  await browser.submit(new RegExp(name.replace(/[^\w ]/g, '.')));
  const { pathname } = new URL(browser.page().url);
  if (pathname !== '/connect/way-in') return;
  await browser.submit(wayIn === 'login' ? /Use direct access/ : /Use open banking/);
}

/** A method, and a code or an approval at the login and before the accounts; with some tries. */
const confirmationMax = 10;

async function noAnswer(): Promise<never> {
  throw new Error('the bank asks for a confirmation');
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
