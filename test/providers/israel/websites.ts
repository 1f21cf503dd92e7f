import type { HTTPRequest, Page, ResponseForRequest } from 'puppeteer-core';

/** A request as a made-up website sees it. */
export interface Asked {
  readonly url: URL;
  /** JSON, where some was sent. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What it answers; `silence` is nothing, ever; undefined: it has no such page. */
export type Answer = Partial<ResponseForRequest> | 'silence' | undefined;

/** By origin. */
export type Websites = Readonly<Record<string, (asked: Asked) => Answer>>;

/** Above what the package and the connector ask for. */
const priority = 500;

/**
 * Answers every request of a page in the place of the companies' websites; what none of them has is refused, and noted.
 */
export function createAnswers(websites: Websites) {
  const leaks: string[] = [];
  const asked: string[] = [];

  /** What it gives is waited for before anything becomes of the request. */
  async function answer(request: HTTPRequest): Promise<void> {
    const url = new URL(request.url());
    if (url.pathname === '/favicon.ico') return request.abort('failed', priority);
    asked.push(`${request.method()} ${url.host}${url.pathname}`);
    const found = websites[url.origin]?.({ url, body: jsonOf(request.postData()) });
    if (found === 'silence') return new Promise(() => undefined);
    if (found) return request.respond({ status: 200, ...found }, priority);
    leaks.push(url.href);
    return request.abort('failed', priority);
  }

  return {
    async preparePage(page: Page): Promise<void> {
      await page.setRequestInterception(true);
      page.on('request', answer);
    },
    leaks: leaks as readonly string[],
    asked: asked as readonly string[],
  };
}

function jsonOf(body: string | undefined): Readonly<Record<string, unknown>> {
  return body?.startsWith('{') ? JSON.parse(body) : {};
}

export function html(body: string, status = 200): Answer {
  const page = `<!doctype html><meta charset="utf-8"><body>${body}</body>`;
  return { status, contentType: 'text/html; charset=utf-8', body: page };
}

export function json(
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(value), headers };
}

/** A form whose button sends the fields, by their selectors, to `/made-up/login` and goes where that says. */
export function loginScript(button: string, fields: readonly string[]): string {
  return `<script>
    document.querySelector(${JSON.stringify(button)}).onclick = async (event) => {
      event.preventDefault();
      const values = ${JSON.stringify(fields)}.map((it) => document.querySelector(it).value);
      const body = JSON.stringify({ values });
      const answer = await fetch('/made-up/login', { method: 'POST', body });
      const to = await answer.text();
      if (to.startsWith('#')) document.querySelector(to).hidden = false;
      else top.location.href = to;
    };
  </script>`;
}
