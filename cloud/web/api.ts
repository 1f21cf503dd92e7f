import type { Hono } from 'hono';
import type { z } from 'zod';
import {
  type ApiAnswers,
  type ApiArgs,
  type ApiCall,
  type ApiResult,
  apiCalls,
  apiRequest,
  type Overview,
} from '../../shared/api.ts';
import { type Failure, FailureError, toFailure, viewFailure } from '../../shared/failures.ts';
import { mayCall } from '../../shared/roles.ts';
import { readAccessLog } from '../core/access-log.ts';
import { renameConnection, setSchedule } from '../core/adjust-connection.ts';
import { answerConfirmation } from '../core/answer-confirmation.ts';
import { findAccounts, identifyAccount, unsync } from '../core/bank-accounts.ts';
import { dismissRule, rejectTransfer, setSuggestions } from '../core/change-suggestions.ts';
import { startConnect } from '../core/connect-bank.ts';
import { finishDelivery, takeDelivery } from '../core/deliver-by-addon.ts';
import { requestImport } from '../core/import-file.ts';
import { dropFile, putFile } from '../core/keep-file.ts';
import { removeFileAccount } from '../core/keep-imports.ts';
import { linkAccount } from '../core/link-account.ts';
import { membersOf, setMails, setRole } from '../core/members.ts';
import { overviewOf } from '../core/overview.ts';
import { previewFile } from '../core/preview-file.ts';
import { applySync, previewSync } from '../core/preview-sync.ts';
import { ProofNeeded, proveEditor } from '../core/prove-editor.ts';
import { requestHistory, requestSyncs } from '../core/request-syncs.ts';
import { reviewDrafts, suggestAgain } from '../core/review-drafts.ts';
import { addRule, reviewRules } from '../core/review-rules.ts';
import { undoRun } from '../core/undo-run.ts';
import type { World } from '../core/world.ts';
import type { Caller } from '../ports/callers.ts';
import type { PresentUser } from '../ports/tasks.ts';
import { readPresence } from './presence.ts';
import { readBody } from './read-body.ts';

interface Asked<C extends ApiCall> {
  readonly world: World;
  readonly caller: Caller;
  readonly bookId: string;
  readonly args: ApiArgs<C>;
  /** The caller, where the caller's own browser has just told where it is. */
  readonly user: PresentUser | undefined;
}

type Answers = { readonly [C in ApiCall]: (asked: Asked<C>) => Promise<ApiAnswers[C]> };

/** A call that changes something answers with how the book stands then. */
function changing<C extends ApiCall>(change: (asked: Asked<C>) => Promise<void>) {
  return async (asked: Asked<C>): Promise<Overview> => {
    await change(asked);
    return overviewOf(asked.world, asked.bookId, asked.caller.userId);
  };
}

const answers: Answers = {
  overview: ({ world, bookId, caller }) => overviewOf(world, bookId, caller.userId),
  startConnect: async ({ world, bookId, caller, args }) => ({
    url: await startConnect(world, bookId, caller.userId, args),
  }),
  linkAccount: changing<'linkAccount'>(async ({ world, bookId, args, user }) => {
    await linkAccount(world, bookId, args);
    await syncLinked(world, args.connectionId, user);
  }),
  syncNow: changing<'syncNow'>(async ({ world, bookId, args, user }) => {
    await requestSyncs(world, bookId, args.connectionId, user);
  }),
  syncHistory: changing<'syncHistory'>(async ({ world, bookId, args, user }) => {
    await requestHistory(world, bookId, args, user);
  }),
  previewSync: ({ world, bookId, args, user }) =>
    previewSync(world, bookId, args.connectionId, user),
  applySync: changing<'applySync'>(async ({ world, bookId, args }) => {
    await applySync(world, bookId, args.previewId);
  }),
  findAccounts: changing<'findAccounts'>(async ({ world, bookId, args, user }) => {
    await findAccounts(world, bookId, args.connectionId, user);
  }),
  identifyAccount: changing<'identifyAccount'>(async ({ world, bookId, args, user }) => {
    await identifyAccount(world, bookId, args);
    await syncLinked(world, args.connectionId, user);
  }),
  answerConfirmation: changing<'answerConfirmation'>(
    async ({ world, bookId, caller, args, user }) => {
      await answerConfirmation(world, bookId, caller.userId, args, user);
    },
  ),
  renameConnection: changing<'renameConnection'>(async ({ world, bookId, args }) => {
    await renameConnection(world, bookId, args);
  }),
  setSchedule: changing<'setSchedule'>(async ({ world, bookId, args }) => {
    await setSchedule(world, bookId, args);
  }),
  accessLog: ({ world, bookId, args }) => readAccessLog(world, bookId, args),
  members: ({ world, bookId, caller }) => membersOf(world, bookId, caller.userId),
  setRole: ({ world, bookId, caller, args }) => setRole(world, bookId, caller, args),
  setMails: changing<'setMails'>(async ({ world, bookId, caller, args }) => {
    await setMails(world, bookId, caller, args);
  }),
  unsync: changing<'unsync'>(async ({ world, bookId, args }) => {
    await unsync(world, bookId, args.connectionId);
  }),
  putFile: async ({ world, args, ...asked }) => {
    await putFile(world, whoOf(asked), args);
    return null;
  },
  previewFile: ({ world, args, ...asked }) => previewFile(world, whoOf(asked), args),
  importFile: changing<'importFile'>(async ({ world, args, ...asked }) => {
    await requestImport(world, whoOf(asked), args);
  }),
  removeFileAccount: changing<'removeFileAccount'>(async ({ world, bookId, args }) => {
    await removeFileAccount(world.store, bookId, args.accountKey);
  }),
  dropFile: async ({ world, args, ...asked }) => {
    await dropFile(world, whoOf(asked), args.fileId);
    return null;
  },
  undoRun: ({ world, bookId, args }) => undoRun(world, bookId, args),
  takeDelivery: ({ world, bookId, args }) => takeDelivery(world, bookId, args.snapshot),
  finishDelivery: changing<'finishDelivery'>(async ({ world, bookId, args }) => {
    await finishDelivery(world, bookId, args);
  }),
  reviewDrafts: ({ world, bookId, args }) => reviewDrafts(world, bookId, args.snapshot),
  suggestAgain: ({ world, bookId, args }) => suggestAgain(world, bookId, args.snapshot),
  rejectTransfer: async ({ world, bookId, args }) => {
    await rejectTransfer(world.store, bookId, args.ids);
    return null;
  },
  reviewRules: ({ world, bookId, args }) => reviewRules(world, bookId, args.snapshot),
  addRule: async ({ world, args }) => addRule(world, args.snapshot, args.rule),
  dismissRule: async ({ world, bookId, args }) => {
    await dismissRule(world.store, bookId, args.key);
    return null;
  },
  setSuggestions: async ({ world, bookId, args }) => {
    await setSuggestions(world.store, bookId, args);
    return null;
  },
};

function whoOf({ bookId, caller }: { readonly bookId: string; readonly caller: Caller }) {
  return { bookId, userId: caller.userId };
}

/** A bank account that fills the book from now on is synced at once. */
async function syncLinked(
  { tasks }: World,
  connectionId: string,
  user: PresentUser | undefined,
): Promise<void> {
  await tasks.enqueue({ kind: 'sync', connectionId, cause: 'connected', ...(user && { user }) });
}

/** Calls that carry more than arguments: a part of a file, a whole book. Firebase takes 32 MB. */
const bytesMax: Partial<Readonly<Record<ApiCall, number>>> = {
  putFile: 1_000_000,
  takeDelivery: 28_000_000,
  reviewDrafts: 28_000_000,
  suggestAgain: 28_000_000,
  reviewRules: 28_000_000,
  addRule: 28_000_000,
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
  const { spreadsheetId, args, presence } = parse(apiRequest, parseJson(body));
  const parsed = parse(apiCalls[call], args) as ApiArgs<C>;
  const { role } = await proveEditor(world, caller, spreadsheetId);
  if (!mayCall(role, call)) throw new FailureError('not-allowed');
  const user = await readPresence(world, presence);
  const answerCall: (asked: Asked<C>) => Promise<ApiAnswers[C]> = answers[call];
  return {
    ok: true,
    value: await answerCall({ world, caller, bookId: spreadsheetId, args: parsed, user }),
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
