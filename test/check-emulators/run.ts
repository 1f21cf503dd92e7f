import assert from 'node:assert/strict';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { createFirestoreStore } from '../../cloud/adapters/firestore-store.ts';
import { openSqliteStore } from '../../cloud/adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../../cloud/adapters/system-clock.ts';
import { connections } from '../../cloud/core/documents.ts';
import { buildFunctions } from '../../cloud/functions/build.ts';
import { createSandboxBank } from '../../cloud/local/bank/sandbox-bank.ts';
import { listen } from '../../cloud/local/listen.ts';
import { createSheetsServer } from '../../cloud/local/sheets/sheets-server.ts';
import { write } from '../../cloud/ports/store.ts';
import type { ConnectionView } from '../../shared/api.ts';
import { addDays, dayOf } from '../../shared/calendar-date.ts';
import { startFirestoreEmulator } from '../firestore-emulator.ts';
import { startTokenIssuer, testAudience } from '../google-tokens.ts';
import { startKmsServer } from '../kms-server.ts';
import { startSmtpServer } from '../smtp-server.ts';
import { type CallCloud, connectSandboxBank, createCaller, proofLeaver, until } from '../walk.ts';
import {
  type FirebaseEmulators,
  project,
  startFirebaseEmulators,
  urlOf,
} from './firebase-emulators.ts';
import { startFrontEnd } from './front-end.ts';

// The main job on Google's own emulators: connect, link, sync, rows in the sheet. Run by `npm run check:emulators`.

const limitMs = 8 * 60_000;
const root = join(import.meta.dirname, '../..');
const clara = { login: 'clara', password: 'sandbox' };

/** What was started, to be stopped in the opposite order, whatever happens. */
const stops: (() => Promise<unknown>)[] = [];
let emulators: FirebaseEmulators | undefined;

const startedAt = Date.now();
const tell = (line: string) => {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${line}\n`);
};

const overdue = setTimeout(
  () => void end(new Error(`not done within ${limitMs / 1000} s`)),
  limitMs,
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void end(new Error(`stopped by ${signal}`)));
}
await run().then(() => end(), end);

async function run(): Promise<void> {
  const firestore = await startFirestoreEmulator();
  if (!firestore) throw new Error('Nothing was checked.');
  stops.unshift(firestore.stop);
  tell(`the Firestore emulator is at ${firestore.host}`);
  const bytes = await buildFunctions(join(root, 'dist/cloud'));
  tell(`the functions are built: ${bytes} bytes`);
  const place = await startPlace(firestore.host);
  emulators = await startFirebaseEmulators(place.settings);
  stops.unshift(emulators.stop);
  tell('the functions, tasks and hosting emulators are ready');
  await walk(place, emulators);
}

/** Bank, spreadsheet and Google's certificates, all on loopback; the functions are told by their settings. */
async function startPlace(firestoreHost: string) {
  const issuer = await startTokenIssuer();
  stops.unshift(issuer.close);
  const store = openSqliteStore(':memory:');
  stops.unshift(() => store.close());
  const bank = createSandboxBank({ store, clock: systemClock, ids: randomIds });
  const bankAt = await listen(bank.app.fetch, 0);
  stops.unshift(bankAt.close);
  const sheetsToken = randomIds.next('');
  const sheets = createSheetsServer({ store, ids: randomIds, token: sheetsToken });
  const sheetsAt = await listen(sheets.app.fetch, 0);
  stops.unshift(sheetsAt.close);
  const kms = await startKmsServer();
  stops.unshift(kms.close);
  const smtp = await startSmtpServer();
  stops.unshift(smtp.close);
  const frontEnd = await startFrontEnd(urlOf('hosting'));
  stops.unshift(frontEnd.close);
  const { institution, baseUrl } = bank.at(bankAt.url);
  const { connector: _connector, wayIn: _wayIn, ...described } = institution;
  const emulatorSettings = {
    FIRESTORE_EMULATOR_HOST: firestoreHost,
    // Without it Google's clients ask the network whether this machine is in its cloud.
    METADATA_SERVER_DETECTION: 'none',
  };
  Object.assign(process.env, emulatorSettings);
  return {
    issuer,
    kms,
    cloudUrl: frontEnd.url,
    sheets: { ...sheets, url: sheetsAt.url, token: sheetsToken },
    settings: {
      ...emulatorSettings,
      BOOKFEED_PUBLIC_URL: frontEnd.url,
      BOOKFEED_AUDIENCES: testAudience,
      BOOKFEED_SERVICE_ACCOUNT: 'bookfeed@example.org',
      BOOKFEED_KMS_KEY: kms.key,
      BOOKFEED_KMS_ROOT_URL: kms.url,
      BOOKFEED_SMTP_URL: `smtp://${smtp.address}`,
      BOOKFEED_MAIL_FROM: 'Bookfeed <bookfeed@example.org>',
      BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify([{ ...described, baseUrl }]),
      BOOKFEED_SHEETS_ROOT_URL: sheetsAt.url,
      BOOKFEED_SHEETS_TOKEN: sheetsToken,
      BOOKFEED_CERTIFICATES_URL: issuer.certificatesUrl,
    },
  };
}

type Place = Awaited<ReturnType<typeof startPlace>>;

async function walk({ issuer, kms, cloudUrl, sheets }: Place, { fireSchedule }: FirebaseEmulators) {
  const spreadsheetId = await createSpreadsheet(sheets);
  const callAs = (token: string) =>
    createCaller({
      cloudUrl,
      token,
      spreadsheetId,
      leaveProof: proofLeaver(sheets.url, sheets.token, spreadsheetId),
    });
  const expired = issuer.issue({ claims: { iat: 1_700_000_000, exp: 1_700_003_600 } });
  for (const token of [expired, issuer.issue({ foreignKey: true })]) {
    await assert.rejects(callAs(token)('overview', {}), /not-signed-in/);
  }
  tell('tokens that have expired or are signed by others are refused');

  const call = callAs(issuer.issue());
  await connectSandboxBank(call, clara);
  const connection = await connectionOf(call);
  assert.equal(connection.state, 'connected');
  assert.ok(kms.calls.some(({ method }) => method === 'encrypt'));
  tell(`connected, with ${connection.accounts.length} accounts`);

  await linkFirstAccount(call, connection);
  const rows = await until(async () => {
    const found = await rowsOf(sheets, spreadsheetId);
    return found.length > 10 && found;
  }, 60_000);
  assert.equal(new Set(rows.map((row) => row.at(-1))).size, rows.length);
  tell(`linked and synced by tasks: ${rows.length} rows`);

  let written = 0;
  stops.unshift(async () => unsubscribe());
  const unsubscribe = sheets.subscribe(spreadsheetId, () => {
    written++;
  });
  const before = await until(async () => {
    const { progress, lastSyncedAt } = await connectionOf(call);
    return !progress && lastSyncedAt;
  });
  await makeDue(connection.id);
  await fireSchedule('scheduledSync');
  const again = await until(async () => {
    const now = await connectionOf(call);
    return now.lastSyncedAt !== before && !now.progress && now;
  }, 60_000);
  assert.equal(again.lastResult?.outcome, 'complete');
  assert.equal(again.lastResult?.newRows, 0);
  assert.deepEqual(await rowsOf(sheets, spreadsheetId), rows);
  assert.equal(written, 0);
  tell('synced by the schedule: no row more, and nothing written to the sheet');

  await importFile(call);
  await until(async () => (await rowsOf(sheets, spreadsheetId)).length === rows.length + 2, 60_000);
  tell('a file was read by a function of its own and taken in by a task: two rows more');
}

/** A file of an account that no bank fills, in two parts. */
async function importFile(call: CallCloud): Promise<void> {
  const csv =
    'Date,Payee,Description,Amount\n2026-02-27,Kiosk,NEWS,-3.20\n2026-02-28,Kiosk,TEA,-2.10\n';
  const bytes = gzipSync(csv);
  const file = { fileId: 'f1', name: 'statement.csv', parts: 2 };
  for (const [part, piece] of [bytes.subarray(0, 30), bytes.subarray(30)].entries()) {
    await call('putFile', { ...file, part, content: piece.toString('base64') });
  }
  const nothing = { answers: {}, targets: {}, isFromStart: false };
  const preview = await call('previewFile', { fileId: 'f1', choices: nothing });
  const [account] = preview.accounts;
  assert.equal(account?.entries, 2);
  const target = { bookAccount: { path: 'Assets:Pocket', type: 'asset' } } as const;
  const choices = { ...nothing, targets: { [account.key]: target } };
  await call('importFile', { fileId: 'f1', choices });
  await until(async () => (await call('overview', {})).imports[0]?.state === 'done', 60_000);
  assert.equal((await call('overview', {})).fileAccounts.length, 1);
}

async function connectionOf(call: CallCloud): Promise<ConnectionView> {
  const [connection] = (await call('overview', {})).connections;
  assert.ok(connection, 'the book has no connection');
  return connection;
}

async function linkFirstAccount(call: CallCloud, { id, accounts }: ConnectionView): Promise<void> {
  const [account] = accounts;
  assert.ok(account, 'the connection has no account');
  await call('linkAccount', {
    connectionId: id,
    accountKey: account.key,
    bookAccount: { path: 'Assets:Checking', type: 'asset' },
    from: addDays(dayOf(systemClock.now()), -80),
  });
}

/** As if six hours had passed. */
async function makeDue(connectionId: string): Promise<void> {
  const app = initializeApp({ projectId: project });
  const store = createFirestoreStore(getFirestore(app));
  const found = await store.get(connections, connectionId);
  assert.ok(found, 'the connection is not in Firestore');
  const value = { ...found.value, dueAt: systemClock.now() };
  await store.commit([write(connections, connectionId, value, { version: found.version })]);
  await store.close();
  await deleteApp(app);
}

async function createSpreadsheet({ url, token }: Place['sheets']): Promise<string> {
  const response = await fetch(`${url}/v4/spreadsheets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { title: 'Checked book' } }),
  });
  const { spreadsheetId } = (await response.json()) as { spreadsheetId: string };
  return spreadsheetId;
}

/** The rows of the Transactions tab below its header, none while it is not made. */
async function rowsOf({ url, token }: Place['sheets'], spreadsheetId: string) {
  const range = `${url}/v4/spreadsheets/${spreadsheetId}/values/Transactions!A2:L`;
  const response = await fetch(range, { headers: { authorization: `Bearer ${token}` } });
  const { values = [] } = (await response.json()) as { values?: readonly string[][] };
  return values;
}

/** Stops everything, tells what went wrong, and ends the program. */
async function end(error?: unknown): Promise<void> {
  clearTimeout(overdue);
  if (error) {
    if (emulators) process.stderr.write(`${emulators.output()}\n`);
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  }
  for (const stop of stops.splice(0)) {
    await stop().catch((reason: unknown) => process.stderr.write(`${reason}\n`));
  }
  tell(error ? 'failed' : 'done, all stopped');
  process.exit();
}
