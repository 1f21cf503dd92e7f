import type {
  BookChange,
  BookState,
  ChangeResult,
  FormulaValue,
  MailList,
  PageScriptAnswer,
  PageScriptCall,
  Refusal,
} from '../page-api.ts';

/** Thrown when the host does not answer, or cannot do its work now: the same call may succeed later. */
export class HostUnreachable extends Error {
  override readonly name = 'HostUnreachable';
}

/** Thrown when the host answers and says no; the message is for the user. */
export class HostRefused extends Error {
  override readonly name = 'HostRefused';
}

/** The page's calls to its host. Each throws HostUnreachable and HostRefused. */
export interface HostClient {
  readBook(): Promise<BookState>;
  changeBook(change: BookChange): Promise<ChangeResult>;
  reportFormulaValues(values: readonly FormulaValue[]): Promise<void>;
  openMenus(): Promise<PageScriptAnswer>;
  runScript(call: PageScriptCall): Promise<PageScriptAnswer>;
  readMails(): Promise<MailList>;
  /** Calls `onChange` when the stream begins and after each change, for ever; `onLost` once each time it breaks off. */
  watchBook(onChange: () => void, onLost: () => void): Promise<never>;
}

const tokenKey = 'bookfeed-session';
const reconnectMs = 1500;

/**
 * The session token, once from the address, from where it vanishes at once, later from this origin's storage; null
 * where nobody has given one.
 */
export function takeToken(): string | null {
  const given = location.hash.slice(1);
  if (given) {
    localStorage.setItem(tokenKey, given);
    history.replaceState(null, '', location.pathname);
  }
  return localStorage.getItem(tokenKey);
}

export function createHostClient(token: string): HostClient {
  async function send(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    const init: RequestInit = { headers, ...(signal ? { signal } : {}) };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      init.method = 'POST';
      init.body = JSON.stringify(body);
    }
    let response: Response;
    try {
      response = await fetch(path, init);
    } catch (cause) {
      throw new HostUnreachable('Bookfeed is not running.', { cause });
    }
    if (response.ok) return response;
    const { message } = await readRefusal(response);
    throw response.status >= 500 ? new HostUnreachable(message) : new HostRefused(message);
  }

  async function call<T>(path: string, body?: unknown): Promise<T> {
    const response = await send(path, body);
    try {
      return await response.json();
    } catch (cause) {
      throw new HostUnreachable('Bookfeed broke off its answer.', { cause });
    }
  }

  return {
    readBook: () => call('/book/state'),
    changeBook: (change) => call('/book/changes', change),
    reportFormulaValues: async (values) => void (await send('/book/formula-values', values)),
    openMenus: () => call('/script/menu'),
    runScript: (scriptCall) => call('/script/call', scriptCall),
    readMails: () => call('/mails/list'),
    watchBook: async (onChange, onLost) => {
      for (;;) {
        try {
          const response = await send('/book/events');
          await readLines(response, (line) => {
            if (line !== 'still here') onChange();
          });
        } catch (error) {
          if (!(error instanceof HostUnreachable || error instanceof HostRefused)) throw error;
        }
        onLost();
        await new Promise((resolve) => setTimeout(resolve, reconnectMs));
      }
    },
  };
}

async function readRefusal(response: Response): Promise<Refusal> {
  try {
    return await response.json();
  } catch {
    return { message: `Bookfeed answered with status ${response.status}.` };
  }
}

/** Until the stream ends or breaks off. */
async function readLines(response: Response, onLine: (line: string) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return;
      const lines = (rest + piece.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
  } catch (cause) {
    throw new HostUnreachable('Bookfeed is not running.', { cause });
  }
}
