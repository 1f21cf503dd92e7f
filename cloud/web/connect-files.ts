import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';

const types = { 'page.css': 'text/css', 'page.js': 'text/javascript' } as const;

/** Style and script of the pages. On Firebase its hosting has them before a request comes here. */
export function mountConnectFiles(web: Hono): void {
  for (const [name, type] of Object.entries(types)) {
    const path = join(import.meta.dirname, 'public/connect', name);
    web.get(`/connect/${name}`, async (context) =>
      context.body(await readFile(path, 'utf8'), 200, { 'Content-Type': `${type}; charset=utf-8` }),
    );
  }
}
