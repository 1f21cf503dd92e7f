import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAddon } from '../../addon/build.ts';
import { createReadNotice } from '../../cloud/connectors/berlin-group/notices.ts';
import { startConnect } from '../../cloud/core/connect-bank.ts';
import type { ConnectionDoc } from '../../cloud/core/documents.ts';
import { BankError, type BankErrorCode } from '../../cloud/ports/bank-connector.ts';
import { type FailureCode, FailureError, failures } from '../../shared/failures.ts';
import { runCode } from '../addon/built-addon.ts';
import { login, loginInstitution } from '../cloud/core/login-bank.ts';
import { bookId, entry, institution } from '../cloud/core/world.ts';
import { type OpenedBook, openBook, walkToLogin } from './doors.ts';

/** What a user sees of a failure: its code, or a page's words. */
export type Seen =
  | {
      readonly code: FailureCode;
      /** Of a sync: whether the schedule goes on. */
      readonly isScheduled?: boolean;
      /** Of a delivery: rows that wait. */
      readonly waitingRows?: number;
    }
  | { readonly page: string };

/** How each failure comes about, through the doors that users and providers have. */
export const provocations: Readonly<Record<FailureCode, () => Promise<Seen>>> = {
  'rate-limited': () => syncAgainst('rate-limited'),
  'bank-unavailable': () => syncAgainst('bank-unavailable'),
  timeout: () => syncAgainst('timeout'),
  'reply-unreadable': () => syncAgainst('reply-unreadable'),
  'period-not-available': () => syncAgainst('period-not-available'),
  'needs-confirmation': () => syncAgainst('needs-confirmation'),
  'consent-expired': () =>
    syncWith({}, ({ pass }) => {
      pass(400 * 24 * 3_600_000);
    }),
  'consent-revoked': () => syncAgainst('consent-revoked'),
  'account-locked': () => syncAgainst('account-locked'),
  'account-gone': () => syncAgainst('account-gone'),
  'provider-not-configured': () =>
    syncWith({ institution: { ...institution, connector: 'not-here' } }),
  'grant-unreadable': async () => {
    const { world } = await openBook();
    return syncWith({ grant: await world.vault.seal('another connection', { consent: 'k1' }) });
  },
  internal: () =>
    syncWith({}, ({ bank }) => {
      bank.failing.entries = new TypeError('a secret of the connector');
    }),

  'login-rejected': async () => {
    const browser = await walkToLogin(loginInstitution.id);
    const fields = { 'login.user': login.user, 'login.pin': ` ${login.pin}`, name: 'Mine' };
    return { page: await browser.send('/connect/login', fields) };
  },
  'code-rejected': async () => {
    const browser = await walkToLogin(loginInstitution.id);
    const fields = { 'login.user': login.user, 'login.pin': login.pin, name: 'Mine' };
    await browser.send('/connect/login', fields);
    await browser.send('/connect/confirm', { method: 'sms' });
    return { page: await browser.send('/connect/confirm', { code: '000000' }) };
  },
  'confirmation-declined': async () => {
    const browser = await walkToLogin(institution.id);
    await browser.send('/connect/login', { name: 'Mine' });
    browser.bank.failing.finish = new BankError('confirmation-declined');
    const back = new URL(new URL(browser.place()).searchParams.get('back') ?? '');
    return { page: await browser.go(back.pathname + back.search) };
  },
  'link-expired': async () => {
    const { web, world } = await openBook();
    const { pathname, search } = new URL(await startConnect(world, bookId, 'erika'));
    await web.request(pathname + search);
    return { page: await (await web.request(pathname + search)).text() };
  },

  'confirmation-expired': async () => {
    const { call } = await openBook();
    const answer = { kind: 'code', text: '123456' };
    return failureOf(await call('answerConfirmation', { connectionId: 'c1', answer }));
  },
  'not-signed-in': async () => {
    const { call } = await openBook();
    return failureOf(await call('overview', {}, ''));
  },
  'prove-editor': async () => {
    const { call } = await openBook();
    return failureOf(await call('overview', {}, 'max'));
  },
  'not-allowed': async () => {
    const { call, join: joinAs } = await openBook();
    await joinAs('vera', 'viewer');
    return failureOf(await call('unsync', { connectionId: 'c1' }, 'vera'));
  },
  'not-yours': async () => {
    const { call, join: joinAs } = await openBook();
    await joinAs('anna', 'admin');
    return failureOf(await call('startConnect', { connectionId: 'c1' }, 'anna'));
  },
  'not-found': async () => {
    const { call } = await openBook();
    return failureOf(await call('unsync', { connectionId: 'none' }));
  },
  'bad-request': async () => {
    const { call } = await openBook();
    return failureOf(await call('syncHistory', { connectionId: 'c1', from: '2026-02-30' }));
  },
  'file-unreadable': async () => {
    const { call } = await openBook();
    const content = Buffer.from('%PDF-1.7 scan').toString('base64');
    await call('putFile', { fileId: 'f1', name: 'umsatz.pdf', part: 0, parts: 1, content });
    const choices = { answers: {}, targets: {}, isFromStart: false };
    return failureOf(await call('previewFile', { fileId: 'f1', choices }));
  },

  'notice-refused': async () => {
    const book = await openBook();
    const secret = `whsec_${Buffer.from('of somebody else, 24 bytes').toString('base64')}`;
    const sender = { institution, notificationSecret: secret };
    book.readNotice = createReadNotice([sender], book.world.clock);
    const headers = {
      'webhook-id': 'n1',
      'webhook-timestamp': String(Date.parse(book.world.clock.now()) / 1000),
      'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    };
    const body = JSON.stringify({ consentId: 'k1' });
    const answer = await book.web.request('/hooks/fake', { method: 'POST', headers, body });
    const told = book.lines.find(({ event }) => event === 'notice-refused');
    if (answer.status !== 401 || !told || book.queue.length > 0)
      throw new Error(`status ${answer.status}, and no line`);
    return { code: told.event as FailureCode };
  },

  'sheet-gone': () =>
    deliverTo(({ sheet }) => {
      sheet.state.access = 'deleted';
    }),
  'sheet-not-writable': () =>
    deliverTo(({ sheet }) => {
      sheet.state.access = 'reader';
    }),
  'sheet-unavailable': () =>
    deliverTo(({ sheet }) => {
      sheet.state.failing.read = new FailureError('sheet-unavailable');
    }),
  'sheet-changed': () =>
    deliverTo(({ sheet }) => {
      const { transactions } = sheet.state.columns;
      sheet.state.columns.transactions = transactions.filter((it) => it !== 'date');
    }),

  'cloud-unreachable': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bookfeed-failures-'));
    try {
      await buildAddon(folder);
      const getScriptProperties = () => ({ getProperty: () => 'https://bookfeed.example' });
      const code = await runCode(folder, {
        SpreadsheetApp: { getActive: () => ({ getId: () => bookId }) },
        PropertiesService: { getScriptProperties },
        ScriptApp: { getIdentityToken: () => 'token' },
        UrlFetchApp: {
          fetch: () => {
            throw new Error('DNS error: https://bookfeed.example');
          },
        },
      });
      return failureOf(code['callCloud']?.('overview', {}) as Answer);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type Answer = Awaited<ReturnType<OpenedBook['call']>>;

function failureOf({ failure }: Pick<Answer, 'failure'>): { readonly code: FailureCode } {
  if (!failure) throw new Error('nothing failed');
  const { code, colour, acts, retries, text, advice } = failure;
  const row = { colour, acts, retries, text, advice };
  if (JSON.stringify(row) !== JSON.stringify(failures[code]))
    throw new Error('not as in the table');
  return { code };
}

/** A sync by hand at a bank that fails so, and what the overview shows then. */
function syncAgainst(code: BankErrorCode): Promise<Seen> {
  return syncWith({}, ({ bank }) => {
    bank.failing.entries = new BankError(code);
  });
}

async function syncWith(
  connection: Partial<ConnectionDoc>,
  prepare: (book: OpenedBook) => unknown = () => {},
): Promise<Seen> {
  const book = await openBook(connection);
  prepare(book);
  await book.prove();
  await book.call('syncNow', { connectionId: 'c1' });
  await book.work();
  const { value } = await book.call('overview', {});
  if (JSON.stringify(value).includes('a secret')) throw new Error('too much is told');
  const [shown] = value?.connections ?? [];
  return { ...failureOf(shown ?? {}), isScheduled: shown?.nextSyncAt !== undefined };
}

/** Rows of a sync on their way to a sheet of which this has become, and what the overview shows then. */
async function deliverTo(spoil: (book: OpenedBook) => void): Promise<Seen> {
  const book = await openBook();
  book.bank.pages = [[entry('-1.00', { reference: 'E1' })]];
  await book.call('syncNow', {});
  await book.work();
  book.bank.pages = [[entry('-1.00', { reference: 'E1' }), entry('-2.00', { reference: 'E2' })]];
  spoil(book);
  await book.call('syncNow', {});
  await book.work();
  const { sheetFailure, waitingRows = 0 } = (await book.call('overview', {})).value ?? {};
  return { ...failureOf({ failure: sheetFailure }), waitingRows };
}
