import type { ServerResponse } from 'node:http';
import { onRequest, type Request } from 'firebase-functions/https';
import { setGlobalOptions } from 'firebase-functions/options';
import { onSchedule } from 'firebase-functions/scheduler';
import { onTaskDispatched } from 'firebase-functions/tasks';
import type { Context } from 'hono';
import type { World } from '../core/world.ts';

setGlobalOptions({ region: 'europe-west1', maxInstances: 20, concurrency: 20 });

/** Made at the first call, not at load: a cold start of one function needs little of the others. */
const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const world = once(async (): Promise<World> => {
  const [{ composeCloud }, { readSettings }] = await Promise.all([
    import('./compose.ts'),
    import('./settings.ts'),
  ]);
  return composeCloud(readSettings(process.env), process.env);
});

const web = once(async () => {
  const { getRequestListener } = await import('@hono/node-server');
  const { createWeb } = await import('../web/web.ts');
  const { fetch } = createWeb(await world(), presenceOf);
  return getRequestListener(fetch, { overrideGlobalObjects: false });
});

/** Firebase Hosting and Google's front end put the browser's own address first. */
function presenceOf(context: Context) {
  const ipAddress = context.req.header('X-Forwarded-For')?.split(',')[0]?.trim() ?? '';
  const userAgent = context.req.header('User-Agent');
  return { ipAddress, ...(userAgent && { userAgent }) };
}

const answerWeb = async (request: Request, response: ServerResponse) => {
  await (await web())(request, response);
};

/** The add-on's calls and the connect page. */
export const api = onRequest(answerWeb);

/** Where banks send their users back; a function of its own, so that its load and its logs stand apart. */
export const bankCallback = onRequest(answerWeb);

/** Chromium's memory, and its own files unpacked into it. */
const browserRoom = { memory: '2GiB' } as const;

/**
 * The pages and calls in which a bank is asked while its user waits, by whichever way in (firebase.json). It goes on after
 * Hosting has ended the request, as long as the slowest bank is given.
 */
export const askBank = onRequest(
  { ...browserRoom, concurrency: 2, timeoutSeconds: 200 },
  answerWeb,
);

/** Where a file is looked at: one of 20 MB is held several times over while it is read. */
const fileRoom = { memory: '2GiB' } as const;
export const readFile = onRequest({ ...fileRoom, concurrency: 1, timeoutSeconds: 120 }, answerWeb);

/** Starts what is due. */
export const scheduledSync = onSchedule('every 5 minutes', async () => {
  const { scheduleSyncs } = await import('../core/schedule-syncs.ts');
  await scheduleSyncs(await world());
});

const sync = async ({ data }: { readonly data: unknown }) => {
  const core = await import('../core/sync-connection.ts');
  const { syncTask } = await import('./task-data.ts');
  const { connectionId, cause, user } = syncTask.parse(data);
  const { outcome } = await core.syncConnection(await world(), connectionId, cause, { user });
  // Another sync is under way, which does not go that far back: what the user asked for is not lost by it.
  if (outcome === 'skipped' && cause === 'historical') throw new Error('history waits its turn');
};
const syncOptions = {
  timeoutSeconds: 540,
  retryConfig: { maxAttempts: 3, minBackoffSeconds: 60 },
} as const;

/** Syncs one connection; tried again only when it died, what a bank does wrong is part of its result. */
export const syncConnection = onTaskDispatched(syncOptions, sync);

/** The same for a bank that is read through its website: a browser to itself, and the room for it. */
export const syncByLogin = onTaskDispatched(
  { ...syncOptions, ...browserRoom, concurrency: 1 },
  sync,
);

/** Writes what waits for one book; while another delivery of it runs, this one is tried again. */
export const deliverBook = onTaskDispatched(
  {
    timeoutSeconds: 300,
    retryConfig: { maxAttempts: 20, minBackoffSeconds: 2, maxBackoffSeconds: 60 },
    rateLimits: { maxDispatchesPerSecond: 4 },
  },
  async ({ data }) => {
    const core = await import('../core/deliver-book.ts');
    const { deliverTask } = await import('./task-data.ts');
    const { bookId } = deliverTask.parse(data);
    await core.deliverBook(await world(), bookId);
  },
);

/** Takes one file into its book; tried again where it died, what is wrong with a file is told with it. */
export const importFile = onTaskDispatched(
  {
    ...fileRoom,
    concurrency: 1,
    timeoutSeconds: 540,
    retryConfig: { maxAttempts: 3, minBackoffSeconds: 60 },
  },
  async ({ data }) => {
    const core = await import('../core/import-file.ts');
    const { importTask } = await import('./task-data.ts');
    await core.importFile(await world(), importTask.parse(data).fileKey);
  },
);

/** Sends one mail; whether one that failed is tried again stands with the mail. */
export const sendMail = onTaskDispatched(
  { timeoutSeconds: 120, retryConfig: { maxAttempts: 3, minBackoffSeconds: 60 } },
  async ({ data }) => {
    const core = await import('../core/send-mail.ts');
    const { mailTask } = await import('./task-data.ts');
    await core.sendMail(await world(), mailTask.parse(data).mailId);
  },
);
