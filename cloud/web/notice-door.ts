import type { Hono } from 'hono';
import { FailureError } from '../../shared/failures.ts';
import { takeNotice } from '../core/take-notice.ts';
import type { World } from '../core/world.ts';
import { readBody } from './read-body.ts';

/**
 * `POST /hooks/<connector>`: where providers tell of news. Answers without a word: 200 taken, also the second time; 401
 * not theirs, 404 no such provider, 413 too long, 500 to be sent again.
 */
export function mountNotices(web: Hono, world: World): void {
  web.post('/hooks/:connector', async (context) => {
    const connector = context.req.param('connector');
    const body = await readBody(context.req.raw);
    if (body === undefined) return context.body(null, 413);
    const headers = Object.fromEntries(context.req.raw.headers);
    try {
      await takeNotice(world, connector, { body, headers });
    } catch (error) {
      return context.body(null, statusOf(world, connector, error));
    }
    return context.body(null, 200);
  });
}

function statusOf(world: World, connector: string, error: unknown): 401 | 404 | 500 {
  const code = error instanceof FailureError ? error.code : undefined;
  if (code === 'not-found') return 404;
  if (code === 'notice-refused') {
    world.log.noticeRefused(connector);
    return 401;
  }
  world.log.defect('takeNotice', error);
  return 500;
}
