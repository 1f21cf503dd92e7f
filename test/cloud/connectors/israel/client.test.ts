import { createRequire } from 'node:module';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'puppeteer-core';
import { createClient } from '../../../../cloud/connectors/israel/client.ts';
import { companies } from '../../../../cloud/connectors/israel/companies.ts';
import { loadPackage } from '../../../../cloud/connectors/israel/load-package.ts';
import { withOwnFetch } from '../../../../cloud/connectors/israel/own-fetch.ts';
import { type Trace, tracedFetch } from '../../../../cloud/connectors/israel/trace.ts';

function companyOf(id: string) {
  const company = companies.find((it) => it.id === id);
  if (!company) throw new Error(id);
  return company;
}

describe('a browser', () => {
  const request = { company: companyOf('hapoalim'), login: {}, from: '2026-03-01' };

  function clientWith(browser: object, scrapeMs = 5_000) {
    return createClient({
      fetch,
      launch: async () => browser as Browser,
      scrapeMs,
      stepMs: 1_000,
    });
  }

  test('is ended after a scrape that cannot even begin', async () => {
    const close = jest.fn(async () => undefined);
    const createBrowserContext = () => Promise.reject(new Error('hidden-word'));
    jest.useFakeTimers();
    try {
      const scrape = clientWith({ close, createBrowserContext }).scrape(request);
      const error = await scrape.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'bank-unavailable' });
      expect(String(error)).not.toContain('hidden-word');
      expect(close).toHaveBeenCalled();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('is ended before it is asked for anything where the session is over', async () => {
    const close = jest.fn(async () => undefined);
    const createBrowserContext = jest.fn(() => Promise.reject(new Error('none')));
    const client = clientWith({ close, createBrowserContext });
    const scrape = client.scrape({ ...request, ended: AbortSignal.abort() });
    await expect(scrape).rejects.toMatchObject({ code: 'timeout' });
    expect(close).toHaveBeenCalled();
    expect(createBrowserContext).not.toHaveBeenCalled();
  });

  test('is ended at the limit, and killed where it does not end', async () => {
    jest.useFakeTimers();
    try {
      const kill = jest.fn();
      const never = () => new Promise(() => undefined);
      const browser = { close: never, createBrowserContext: never, process: () => ({ kill }) };
      const scrape = clientWith(browser).scrape(request);
      const failed = expect(scrape).rejects.toMatchObject({ code: 'timeout' });
      await jest.advanceTimersByTimeAsync(20_000);
      await failed;
      expect(kill).toHaveBeenCalledWith('SIGKILL');
    } finally {
      jest.useRealTimers();
    }
  });

  test('that is not there is for the operator', async () => {
    const client = createClient({
      fetch,
      launch: () => Promise.reject(new Error('none')),
      scrapeMs: 1_000,
      stepMs: 1_000,
    });
    await expect(client.scrape(request)).rejects.toMatchObject({ code: 'provider-not-configured' });
  });
});

describe('what the package asks without a browser', () => {
  const company = companyOf('visaCal');
  const limit = new AbortController().signal;
  const url = 'https://api.cal-online.co.il/Frames';

  test('goes to the company alone', async () => {
    const asked: string[] = [];
    const trace = {};
    const outer: typeof fetch = async (input) => {
      asked.push(String(input));
      return Response.json({ result: 1 });
    };
    const own = tracedFetch(outer, company, trace, limit);
    expect(await (await own(url)).json()).toEqual({ result: 1 });
    const strange = [
      'https://api.example.net/',
      'http://api.cal-online.co.il/',
      'https://127.0.0.1/',
    ];
    for (const other of strange) await expect(own(other)).rejects.toThrow('another host');
    expect(asked).toEqual([url]);
    expect(trace).toMatchObject({ path: '/Frames', answer: 'json', leftFor: '127.0.0.1' });
  });

  test('may be refused, empty or no JSON, which is noted', async () => {
    const answers = [
      new Response('<html>', { status: 429, headers: { 'retry-after': '7' } }),
      new Response(null, { status: 204 }),
    ];
    const trace = {};
    const own = tracedFetch(async () => answers.shift() ?? Response.error(), company, trace, limit);
    expect((await own(url)).status).toBe(429);
    expect(trace).toMatchObject({
      answer: 'other',
      refusal: { status: 429, retryAfterSeconds: 7 },
    });
    expect((await own(url)).status).toBe(204);
  });

  test('is no answer of the call before where it has none itself', async () => {
    const answers = [Promise.resolve(Response.json({})), Promise.reject(new TypeError('cut off'))];
    const trace: Trace = {};
    const own = tracedFetch(() => answers.shift() ?? Promise.reject(), company, trace, limit);
    await own(url);
    expect(trace.answer).toBe('json');
    await expect(own(url)).rejects.toThrow('cut off');
    expect(trace.answer).toBeUndefined();
  });

  test('ends somewhere', async () => {
    let sent = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          sent += 1;
          controller.enqueue(new Uint8Array(1_000_000).fill(32));
        },
      });
    const own = tracedFetch(async () => new Response(endless()), company, {}, limit);
    await expect(own(url)).rejects.toThrow('without end');
    expect(sent).toBeLessThan(60);
  });

  test('follows no redirect, and ends with the scrape', async () => {
    const inits: (RequestInit | undefined)[] = [];
    const client = createClient({
      async fetch(_, init) {
        inits.push(init);
        return Response.json({}, { status: 503 });
      },
      launch: () => Promise.reject(new Error('none')),
      scrapeMs: 5_000,
      stepMs: 1_000,
    });
    const login = { email: 'dana@example.org', password: 'word', otpLongTermToken: 'token' };
    const scrape = client.scrape({ company: companyOf('oneZero'), login, from: '2026-03-01' });
    await expect(scrape).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(inits).toHaveLength(1);
    expect(inits[0]).toMatchObject({ redirect: 'error' });
    expect(inits[0]?.signal?.aborted).toBe(true);
  });

  test('is nobody else’s, and nobody’s after the scrape', async () => {
    const before = globalThis.fetch;
    const own: typeof fetch = async () => new Response('ours');
    const inside = await withOwnFetch(own, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return (await fetch(url)).text();
    });
    expect(inside).toBe('ours');
    globalThis.fetch = async () => new Response('theirs');
    const outside = globalThis.fetch;
    globalThis.fetch = before;
    expect(await (await outside(url)).text()).toBe('theirs');
    // A call that is made of the global one does not come back to itself.
    const nested: typeof fetch = async (input) => fetch(`data:text/plain,${String(input).length}`);
    expect(await withOwnFetch(nested, async () => (await fetch('https://a.example/')).text())).toBe(
      '18',
    );
  });
});

describe('under DEBUG', () => {
  interface Debug {
    (name: string): { enabled: boolean };
    enable(namespaces: string): void;
    disable(): string;
  }
  const here = createRequire(import.meta.url);
  const debug = createRequire(here.resolve('israeli-bank-scrapers-core'))('debug') as Debug;
  afterEach(() => void debug.disable());

  test('neither the package nor its browser’s driver prints anything', async () => {
    debug.enable('*');
    await loadPackage();
    const names = ['israeli-bank-scrapers:visa-cal', 'puppeteer:protocol:SEND', 'puppeteer:error'];
    expect(names.map((name) => debug(name).enabled)).toEqual([false, false, false]);
    expect(debug('another').enabled).toBe(true);
    debug.disable();
    await loadPackage();
    expect(debug('another').enabled).toBe(false);
  });
});
