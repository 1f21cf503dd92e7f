import type { Context, Hono } from 'hono';
import type { ConfirmationAnswer } from '../../shared/confirmation.ts';
import { FailureError, toFailure } from '../../shared/failures.ts';
import {
  type AccessRequest,
  answerBank,
  askBank,
  finishConnect,
  returnFromBank,
} from '../core/connect-bank.ts';
import { isRenewal, loadConnect, stepOf } from '../core/connect-session.ts';
import { type ConnectDoc, connections } from '../core/documents.ts';
import type { World } from '../core/world.ts';
import type { UserPresence } from '../ports/bank-connector.ts';
import { accountsPage, finishPage } from './accounts-page.ts';
import { confirmationPage, waitingPage } from './confirmation-page.ts';
import { type Doors, sessionOf, type Visit } from './connect-doors.ts';
import { credentialPrefix, loginPage } from './login-page.ts';
import type { Html } from './page-layout.ts';

const nameMax = 80;
/** A SimpleFIN token has some 200 characters. */
const fieldMax = 1_000;
const codeMax = 200;
const returnedMax = 4_000;

/** The pages on which the bank is asked: login, confirmation, the way back from the bank's own page, the accounts. */
export function mountAccessPages(
  web: Hono,
  world: World,
  { page, form, guard, goOn }: Doors,
  presenceOf: (context: Context) => UserPresence,
): void {
  web.get('/connect/login', page('login', showLogin));
  web.post(
    '/connect/login',
    form(async ({ context, session, connect }, fields) => {
      const request = readLogin(connect, fields);
      const version = fields.get('version') ?? '';
      await askBank(world, session, version, request, presenceOf(context));
      return goToBank(context, world, session);
    }),
  );

  web.get(
    '/connect/confirm',
    page('confirm', (visit) => showConfirmation(world, visit)),
  );
  web.post(
    '/connect/confirm',
    form(async ({ context, session }, fields) => {
      const answer = readAnswer(fields);
      // An approval may have been looked for by the page's script meanwhile.
      const version = answer.kind === 'poll' ? undefined : (fields.get('version') ?? '');
      await answerBank(world, session, answer, presenceOf(context), version);
      return goToBank(context, world, session);
    }),
  );
  web.post('/connect/poll', async (context) => {
    const isOpen = await stillWaits(world, sessionOf(context), presenceOf(context));
    return context.json({ isOpen });
  });
  web.get(
    '/connect/waiting',
    page('waiting', ({ bank }) => waitingPage(bank)),
  );

  web.get(
    '/connect/callback',
    guard(async (context) => {
      const session = sessionOf(context);
      await returnFromBank(world, session, returnedQuery(context), presenceOf(context));
      return goOn(context, session);
    }),
  );
  web.get(
    '/connect/finish',
    page('finish', ({ connect, bank, bookUrl }) => finishPage(bank, connect.failure, bookUrl)),
  );
  web.post(
    '/connect/finish',
    form(async ({ context, session }) => {
      await finishConnect(world, session, presenceOf(context));
      return undefined;
    }),
  );
  web.get(
    '/connect/accounts',
    page('accounts', (visit) => showAccounts(world, visit)),
  );
}

/** To the bank's own page where it has just asked for that, else to the step that comes next. */
export async function goToBank(
  context: Context,
  world: World,
  session: string,
): Promise<Response | undefined> {
  const { value } = await loadConnect(world, session);
  const asked = stepOf(value, world.clock.now()) === 'confirm' && value.confirmation?.confirmation;
  return asked && asked.kind === 'redirect' ? context.redirect(asked.url, 303) : undefined;
}

function showLogin({ connect, version, bookUrl }: Visit): Html {
  const { institution, name, failure } = connect;
  if (!institution) throw new FailureError('bad-request', 'choose a bank first');
  return loginPage({
    institution,
    name: name ?? institution.name,
    version,
    isRenewal: isRenewal(connect),
    failure,
    bookUrl,
  });
}

/** What the bank's page has added to our address; no bank's is as long as what is cut off here. */
function returnedQuery(context: Context): Readonly<Record<string, string>> {
  const given = Object.entries(context.req.query());
  return Object.fromEntries(given.filter(([, value]) => value.length <= returnedMax));
}

/** @throws FailureError `bad-request` that names the field */
function readLogin(connect: ConnectDoc, fields: URLSearchParams): AccessRequest {
  const { credentials = [] } = connect.institution ?? {};
  const name = isRenewal(connect) ? '' : (fields.get('name') ?? '').replace(/\s+/g, ' ').trim();
  if (!isRenewal(connect) && (name === '' || name.length > nameMax)) {
    throw new FailureError('bad-request', `a name of 1 to ${nameMax} characters is needed`);
  }
  const typed = credentials.flatMap((field) => {
    const text = fields.get(`${credentialPrefix}${field.name}`) ?? '';
    if (text.trim() === '' && field.isOptional) return [];
    if (text === '' || text.length > fieldMax) {
      throw new FailureError('bad-request', `${field.label} is needed`);
    }
    return [[field.name, text] as const];
  });
  return { name, credentials: Object.fromEntries(typed) };
}

function showConfirmation({ clock }: World, { connect, version, bank, bookUrl }: Visit): Html {
  const { confirmation: asked, failure } = connect;
  if (!asked) throw new FailureError('confirmation-expired');
  const { confirmation, expiresAt } = asked;
  const now = clock.now();
  return confirmationPage({ bank, confirmation, expiresAt, now, version, failure, bookUrl });
}

/** @throws FailureError `bad-request` */
function readAnswer(fields: URLSearchParams): ConfirmationAnswer {
  const [method, code] = [fields.get('method'), fields.get('code')?.trim()];
  if (method) return { kind: 'method', id: method };
  if (code && code.length <= codeMax) return { kind: 'code', text: code };
  if (fields.has('poll')) return { kind: 'poll' };
  throw new FailureError('bad-request', 'the answer is missing');
}

/** Whether the page is to go on waiting for an approval; whatever else has become of it, another page says. */
async function stillWaits(world: World, session: string, user: UserPresence): Promise<boolean> {
  try {
    await answerBank(world, session, { kind: 'poll' }, user);
    const { value } = await loadConnect(world, session);
    const step = stepOf(value, world.clock.now());
    const isApproval = value.confirmation?.confirmation.kind === 'approval';
    return step === 'waiting' || (step === 'confirm' && isApproval && !value.failure);
  } catch (error) {
    if (!(error instanceof FailureError)) world.log.defect('connect page', error);
    // The page that is loaded next tells of it.
    return toFailure(error).code === 'internal';
  }
}

async function showAccounts(world: World, { connect, bookUrl }: Visit): Promise<Html> {
  const { connectionId = '' } = connect;
  const found = await world.store.get(connections, connectionId);
  if (!found || found.value.state === 'removed') throw new FailureError('not-found', 'connection');
  return accountsPage(found.value, bookUrl);
}
