import type { HTTPRequest, HTTPResponse, Page } from 'puppeteer-core';
import type { Company } from './companies.ts';
import { isPublic, isWithin } from './hosts.ts';

/** What is seen while the package works, and what it does not tell. */
export interface Trace {
  /** The last answer of the company's in the browser, or any without one, where that was a refusal. */
  refusal?: Refusal;
  /** A host that is none of the company's, to which its page led, or the package. */
  leftFor?: string;
  /** Of the last call without a browser: where to, and whether JSON came. */
  path?: string;
  answer?: 'json' | 'other';
}

export interface Refusal {
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

/** What one answer without a browser may hold, in characters. */
const answerMax = 50_000_000;
/** Above what the package's own interception asks for. */
const abortPriority = 1_000;
const dataTypes: ReadonlySet<string> = new Set(['document', 'xhr', 'fetch']);

/**
 * Notes what the company refuses, and keeps the page where its password may be typed: on the company's own hosts. What
 * these load from elsewhere is theirs to say, but for this machine and its networks.
 */
export async function watchPage(page: Page, { domains }: Company, trace: Trace): Promise<void> {
  page.on('response', (response: HTTPResponse) => {
    const { hostname } = new URL(response.url());
    const isData = dataTypes.has(response.request().resourceType());
    if (!isData || !isWithin(hostname, domains)) return;
    delete trace.refusal;
    if (response.status() < 400) return;
    trace.refusal = refusalOf(response.status(), response.headers()['retry-after']);
  });
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    const url = new URL(request.url());
    const isTop = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const isElsewhere = isTop && url.host !== '' && !isWithin(url.hostname, domains);
    if (isElsewhere) trace.leftFor = url.hostname;
    const isRefused = isElsewhere || !isPublic(url);
    const end = isRefused
      ? request.abort('blockedbyclient', abortPriority)
      : request.continue(undefined, 0);
    // A page that is gone by then has no request to go on with.
    end.catch(() => undefined);
  });
}

/** For what is read without a browser: ends with the scrape, asks the company alone, and notes what it refuses. */
export function tracedFetch(
  outer: typeof fetch,
  { domains }: Company,
  trace: Trace,
  limit: AbortSignal,
): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!isPublic(url) || !isWithin(url.hostname, domains)) {
      trace.leftFor = url.hostname;
      throw new Error('another host');
    }
    trace.path = url.pathname;
    delete trace.answer;
    const { status, headers, body } = await readAnswer(outer, input, {
      ...init,
      signal: limit,
      redirect: 'error',
    });
    trace.answer = isJson(body) ? 'json' : 'other';
    if (status >= 400) trace.refusal = refusalOf(status, headers.get('retry-after') ?? undefined);
    return new Response(body || null, { status });
  };
}

async function readAnswer(outer: typeof fetch, input: string | URL | Request, init: RequestInit) {
  const { status, headers, body } = await outer(input, init);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > answerMax) throw new Error('an answer without end');
  }
  return { status, headers, body: text };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Retry-After as seconds; as a date it is left to the schedule. */
function refusalOf(status: number, retryAfter: string | undefined): Refusal {
  const seconds = /^\d{1,9}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return { status, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}
