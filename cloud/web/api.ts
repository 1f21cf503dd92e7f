import type { Hono } from 'hono';
import type { z } from 'zod';
import {
  type ApiAnswers,
  type ApiArgs,
  type ApiCall,
  type ApiResult,
  apiCalls,
  apiRequest,
} from '../../shared/api.ts';
import { type Failure, FailureError, toFailure, viewFailure } from '../../shared/failures.ts';
import { findAccounts, identifyAccount, unsync } from '../core/bank-accounts.ts';
import { startConnect } from '../core/connect-bank.ts';
import { finishDelivery, takeDelivery } from '../core/deliver-by-addon.ts';
import { accountOfBook, importStatement } from '../core/import-statement.ts';
import { linkAccount } from '../core/link-account.ts';
import { overviewOf } from '../core/overview.ts';
import { applySync, previewSync } from '../core/preview-sync.ts';
import { ProofNeeded, proveEditor } from '../core/prove-editor.ts';
import { requestHistory, requestSyncs } from '../core/request-syncs.ts';
import { undoRun } from '../core/undo-run.ts';
import type { World } from '../core/world.ts';
import type { Caller } from '../ports/callers.ts';
import { readBody } from './read-body.ts';

interface Asked<C extends ApiCall> {
  readonly world: World;
  readonly caller: Caller;
  readonly bookId: string;
  readonly args: ApiArgs<C>;
}

type Answers = { readonly [C in ApiCall]: (asked: Asked<C>) => Promise<ApiAnswers[C]> };

const answers: Answers = {
  overview: ({ world, bookId }) => overviewOf(world, bookId),
  startConnect: async ({ world, bookId, caller }) => ({
    url: await startConnect(world, bookId, caller.userId),
  }),
  linkAccount: async ({ world, bookId, args }) => {
    await linkAccount(world, bookId, args);
    await world.tasks.enqueue({
      kind: 'sync',
      connectionId: args.connectionId,
      cause: 'connected',
    });
    return overviewOf(world, bookId);
  },
  syncNow: async ({ world, bookId, args }) => {
    await requestSyncs(world, bookId, args.connectionId);
    return overviewOf(world, bookId);
  },
  syncHistory: async ({ world, bookId, args }) => {
    await requestHistory(world, bookId, args.connectionId, args.from);
    return overviewOf(world, bookId);
  },
  previewSync: ({ world, bookId, args }) => previewSync(world, bookId, args.connectionId),
  applySync: async ({ world, bookId, args }) => {
    await applySync(world, bookId, args.previewId);
    return overviewOf(world, bookId);
  },
  findAccounts: async ({ world, bookId, args }) => {
    await findAccounts(world, bookId, args.connectionId);
    return overviewOf(world, bookId);
  },
  identifyAccount: async ({ world, bookId, args }) => {
    await identifyAccount(world, bookId, args);
    const { connectionId } = args;
    await world.tasks.enqueue({ kind: 'sync', connectionId, cause: 'connected' });
    return overviewOf(world, bookId);
  },
  unsync: async ({ world, bookId, args }) => {
    await unsync(world, bookId, args.connectionId);
    return overviewOf(world, bookId);
  },
  importStatement: async ({ world, bookId, args }) => {
    const account = await accountOfBook(world, bookId, args.accountKey);
    const bytes = Buffer.from(args.content, 'base64');
    return importStatement(world, bookId, account, bytes, args.preview);
  },
  undoRun: ({ world, bookId, args }) => undoRun(world, bookId, args),
  takeDelivery: ({ world, bookId, args }) => takeDelivery(world, bookId, args.snapshot),
  finishDelivery: async ({ world, bookId, args }) => {
    await finishDelivery(world, bookId, args);
    return overviewOf(world, bookId);
  },
};

/** Calls that carry more than arguments: a file of 20 MB in Base64, a whole book. Firebase takes 32 MB. */
const bytesMax: Partial<Readonly<Record<ApiCall, number>>> = {
  importStatement: 28_000_000,
  takeDelivery: 28_000_000,
};

/** `POST /api/<call>`: who calls, may they edit the book, is it well formed, then the core; always an ApiResult. */
export function mountApi(web: Hono, world: World): void {
  web.post('/api/:call', async (context) => {
    const call = context.req.param('call');
    try {
      if (!isApiCall(call)) throw new FailureError('bad-request', 'no such call');
      const token = /^Bearer (\S+)$/.exec(context.req.header('Authorization') ?? '')?.[1];
      if (!token) throw new FailureError('not-signed-in');
      // Before the body is read: a stranger sends no megabytes.
      const caller = await world.callers.verify(token);
      const body = await readBody(context.req.raw, bytesMax[call]);
      return context.json(await answer(world, call, caller, body));
    } catch (error) {
      if (!(error instanceof FailureError)) world.log.defect(`api ${call}`, error);
      return context.json(failed(world, error));
    }
  });
}

function isApiCall(call: string): call is ApiCall {
  return Object.hasOwn(apiCalls, call);
}

async function answer<C extends ApiCall>(
  world: World,
  call: C,
  caller: Caller,
  body: string | undefined,
): Promise<ApiResult<C>> {
  const { spreadsheetId, args } = parse(apiRequest, parseJson(body));
  const parsed = parse(apiCalls[call], args) as ApiArgs<C>;
  await proveEditor(world, caller, spreadsheetId);
  const answerCall: (asked: Asked<C>) => Promise<ApiAnswers[C]> = answers[call];
  return {
    ok: true,
    value: await answerCall({ world, caller, bookId: spreadsheetId, args: parsed }),
  };
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) throw new FailureError('bad-request', 'the request is too long');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FailureError('bad-request', 'the request is not JSON', { cause: error });
  }
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'the request';
  throw new FailureError('bad-request', `${place}: ${issue?.message ?? 'not as expected'}`);
}

function failed(world: World, error: unknown): ApiResult<ApiCall> {
  const failure = viewFailure(withAddress(toFailure(error), world.serviceAccount));
  if (error instanceof ProofNeeded) return { ok: false, failure, proof: error.proof };
  return { ok: false, failure };
}

/** A sheet that was never shared looks gone or not writable; the address to share it with is what helps. */
function withAddress(failure: Failure, serviceAccount: string | null): Failure {
  const isSheet = failure.code === 'sheet-not-writable' || failure.code === 'sheet-gone';
  return isSheet && serviceAccount
    ? { code: 'sheet-not-writable', detail: serviceAccount }
    : failure;
}
