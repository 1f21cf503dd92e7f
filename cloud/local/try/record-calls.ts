import type { Scrubber } from './scrub.ts';

/** One call and its answer, without anything of a person or a key. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Those that a connector may read. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; of anything else its length in characters. */
  readonly body: unknown;
}

const told = /^(content-type|retry-after|.*ratelimit.*)$/;

/** A fetch that keeps, scrubbed, what is answered. Request bodies and headers hold keys and are not kept. */
export function createRecorder(fetchReal: typeof fetch, scrubber: Scrubber) {
  const calls: RecordedCall[] = [];
  const recording: typeof fetch = async (input, init) => {
    const response = await fetchReal(input, init);
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    calls.push({
      method: request.method,
      path: scrubber.path(pathname + search),
      status: response.status,
      headers: Object.fromEntries([...response.headers].filter(([name]) => told.test(name))),
      body: scrubBody(await response.clone().text(), scrubber),
    });
    return response;
  };
  return { fetch: recording, calls: calls as readonly RecordedCall[] };
}

function scrubBody(text: string, scrubber: Scrubber): unknown {
  if (text === '') return null;
  try {
    return scrubber.json(JSON.parse(text));
  } catch {
    return `${text.length} characters that are no JSON`;
  }
}
