import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Hono } from 'hono';

const typeByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The grid sets styles from script; everything else comes from here, and nobody may frame it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** What buildPage wrote, at `/`, `/mails` and `/page/…`: the same for everybody, so without a session. */
export function createPageFiles(pageDir: string): Hono {
  const app = new Hono();
  async function send(file: string): Promise<Response> {
    const type = typeByExtension[extname(file)];
    const body = /^[\w-]+\.\w+$/.test(file) && type ? await readIfThere(join(pageDir, file)) : null;
    if (!type || !body) return new Response('There is no such page.\n', { status: 404 });
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': policy,
        'cache-control': 'no-cache',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      },
    });
  }
  app.get('/', () => send('index.html'));
  app.get('/mails', () => send('mails.html'));
  app.get('/page/:file', (c) => send(c.req.param('file')));
  return app;
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
