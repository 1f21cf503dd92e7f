import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ScriptCalls } from './apps-script/script-calls.ts';
import type { ScriptAnswer } from './apps-script/script-messages.ts';
import type { PageEffect, PageScriptAnswer } from './page-api.ts';

/** Sidebars that can still be loaded; a page loads its own at once. */
const sidebarMax = 20;

/**
 * The sidebar is a page of another origin to everything around it, as in Google Sheets; it reaches nothing but
 * google.script and the cloud.
 */
export function sidebarHeaders(cloudUrl: string): Record<string, string> {
  return {
    'content-security-policy':
      "sandbox allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
      "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: https:; font-src data:; " +
      `connect-src ${new URL(cloudUrl).origin}; frame-ancestors 'self'`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

const callBody = z.strictObject({
  from: z.enum(['menu', 'sidebar']),
  functionName: z.string().regex(/^[A-Za-z_$][\w$]{0,200}$/),
  args: z.array(z.unknown()).max(20),
});

/** The calls of menu and sidebar, behind `/script`, and the sidebars that they open, behind `/sidebar`. */
export function createScriptRoutes(
  scripts: ScriptCalls,
  pageDir: string,
  cloudUrl: string,
): { readonly calls: Hono; readonly sidebars: Hono } {
  const htmlById = new Map<string, string>();
  const headers = sidebarHeaders(cloudUrl);

  function toPage(answer: ScriptAnswer): PageScriptAnswer {
    const effects = answer.effects.map((effect): PageEffect => {
      if (effect.kind !== 'sidebar') return effect;
      const id = randomUUID();
      htmlById.set(id, effect.html);
      const [oldest] = htmlById.keys();
      if (htmlById.size > sidebarMax && oldest) htmlById.delete(oldest);
      return { kind: 'sidebar', url: `/sidebar/${id}`, title: effect.title };
    });
    return { ...answer, effects };
  }

  const calls = new Hono();
  calls.get('/menu', async (c) =>
    c.json(toPage(await scripts.run({ from: 'open', functionName: 'onOpen', args: [] }))),
  );
  calls.post('/call', async (c) => {
    const call = callBody.safeParse(await c.req.json().catch(() => undefined));
    if (!call.success) return c.json({ message: 'This is no call of a function.' }, 400);
    return c.json(toPage(await scripts.run(call.data)));
  });

  const sidebars = new Hono();
  // An iframe carries no token; the id is one, for a page that holds no secret.
  sidebars.get('/:id', async (c) => {
    const html = htmlById.get(c.req.param('id'));
    if (html === undefined) return c.text('This sidebar is closed.', 404);
    const shim = await readFile(join(pageDir, 'script-run.js'), 'utf8');
    return c.html(withScript(html, shim), 200, headers);
  });
  return { calls, sidebars };
}

/** Before everything else of the head, as Google does it: the sidebar's own scripts find google.script there. */
function withScript(html: string, script: string): string {
  const tag = `<script>${script.replaceAll('</script', '<\\/script')}</script>`;
  const head = /<head[^>]*>/i.exec(html);
  const at = head ? head.index + head[0].length : 0;
  return html.slice(0, at) + tag + html.slice(at);
}
