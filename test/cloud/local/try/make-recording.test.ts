import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectors } from '../../../../cloud/connectors/providers.ts';
import { makeRecording, NotRecordable } from '../../../../cloud/local/try/make-recording.ts';
import { createRecorder } from '../../../../cloud/local/try/record-walk.ts';
import { keptSettings, type Recording } from '../../../../cloud/local/try/recording.ts';
import { checkRecording } from '../../../../cloud/local/try/replay.ts';
import type { Disguise } from '../../../../cloud/local/try/scrub.ts';
import { walkConnector } from '../../../../cloud/local/try/walk-connector.ts';
import { readStatementFile } from '../../../../cloud/statements/read-statement-file.ts';

const clock = { now: () => '2026-03-10T12:00:00.000Z' };
const clientKey = join(import.meta.dirname, '../../../fixtures/test-certificates/client-key.pem');
/** Always the same: by chance there is any number in what is made up. */
const disguise: Disguise = { key: Buffer.alloc(32, 9), weeks: -30, factor: 3 };
const environment = {
  BOOKFEED_ENABLE_BANKING_APPLICATION: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  BOOKFEED_ENABLE_BANKING_KEY: readFileSync(clientKey, 'utf8'),
  BOOKFEED_ENABLE_BANKING_REDIRECT_URL: 'https://erika.example/back',
};
const uid = '6f9619ff-8b86-4011-842d-00cf4fc964ff';
const session = 'c0ffee00-8b86-4011-842d-00cf4fc964ff';
const money = (amount: string) => ({ amount, currency: 'EUR' });
const aspsp = {
  name: 'Sample Bank',
  country: 'DE',
  psu_types: ['personal'],
  maximum_consent_validity: 15_552_000,
};
const erika = { name: 'Erika Mustermann', account_id: { iban: 'DE89370400440532013000' } };

/** What a bank may tell of a person, in every place in which it may. */
const answers: Readonly<Record<string, unknown>> = {
  'GET /aspsps': { aspsps: [{ ...aspsp, name: 'Another Bank' }, aspsp] },
  'POST /auth': {
    url: 'https://login.example/start/Erika?hint=Mustermann',
    authorization_id: 'geheim-1',
  },
  'POST /sessions': {
    session_id: session,
    accounts: [
      { uid, ...erika, details: 'Konto von Erika', cash_account_type: 'CACC', currency: 'EUR' },
    ],
    access: { valid_until: '2026-06-30T10:00:00Z' },
    hint: 'https://api.enablebanking.com/people/Mustermann7',
  },
  [`GET /sessions/${session}`]: { status: 'AUTHORIZED', accounts: [uid] },
  [`GET /accounts/${uid}/balances`]: {
    balances: [
      { name: 'Sample Bank', of: 'Erika', balance_amount: money('1034.50'), balance_type: 'CLBD' },
    ],
  },
  [`GET /accounts/${uid}/transactions`]: {
    transactions: [
      {
        entry_reference: 'RF-0815-1',
        transaction_amount: money('-12.50'),
        status: 'BOOK',
        booking_date: '2026-03-02',
        creditor: { name: 'Max Mustermann' },
        creditor_account: { iban: 'DE02120300000000202051' },
        remittance_information: ['Miete für ERIKA', 'IBAN DE89 3704 0044 0532 0130 00'],
        balance_after_transaction: money('1034.50'),
        byNumber: { '4711000012': 'erika@mustermann.example' },
      },
      {
        entry_reference: 'RF-0815-2',
        transaction_amount: money('1047.00'),
        status: 'BOOK',
        booking_date: '2026-03-01',
        debtor: { name: 'Erika Mustermann' },
        remittance_information: ['Gehalt 4711000012'],
        balance_after_transaction: money('1047.00'),
      },
    ],
  },
  [`DELETE /sessions/${session}`]: { message: 'OK' },
};

/** Enable Banking, of which one call may fail. */
function bankOf(fails?: string): typeof fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(String(input));
    const call = `${init?.method ?? 'GET'} ${pathname}`;
    if (call === fails) throw new TypeError('fetch failed');
    // Nothing is pending.
    if (search.includes('PDNG')) return Response.json({ transactions: [] });
    return Response.json(answers[call], {
      headers: { 'Retry-After': '60', 'Set-Cookie': 'id=geheim-2', 'X-User': 'Erika' },
    });
  };
}

async function record(
  fetchReal: typeof fetch,
  query: Readonly<Record<string, string>> = { code: 'geheim-3' },
) {
  const recorder = createRecorder({
    terminal: {
      say: () => {},
      ask: async (question) => (question.includes('back to the bank') ? 'Y' : 'a pasted address'),
      askSecret: async () => '',
      show: async () => {},
    },
    wayBack: { redirectUrl: 'http://127.0.0.1:4711/back?state=s1', returned: async () => query },
  });
  const launch = () => Promise.reject(new Error('no browser'));
  const { connectors } = createConnectors(environment, {
    ...{
      fetch: recorder.hear(fetchReal),
      clock,
      launch,
      launchPuppeteer: launch,
      readStatementFile,
    },
  });
  const connector = connectors.find(({ id }) => id === 'enable-banking');
  if (!connector) throw new Error('Enable Banking is not set up');
  const all = (await connector.institutions()).filter(({ name }) => name === aspsp.name);
  const listing = { ...connector, institutions: async () => all };
  const wait = async () => {};
  const walked = await walkConnector({ ...recorder, connector: listing, clock, days: 30, wait });
  return { walked, heard: recorder.heard, at: clock.now(), days: 30, environment };
}

describe('a recording', () => {
  let recording: Recording;
  beforeAll(async () => {
    const walk = await record(bankOf());
    // The list of banks is another's, and none of the walk.
    const heard = { ...walk.heard, calls: walk.heard.calls.slice(1) };
    recording = await makeRecording({ ...walk, heard }, disguise);
  });

  test('holds no name, number, text, token or amount of a person', () => {
    expect(JSON.stringify(recording, null, 2)).not.toMatch(
      /Erika|Muster|Konto|Miete|Gehalt|geheim|3704|0532|1203|2020 ?51|0815|4711|1034|cookie|x-user/i,
    );
    expect(JSON.stringify(recording)).not.toMatch(
      /2026|c0ffee|6f9619|Another|login\.example|\bKEY/,
    );
  });

  test('holds what the connector makes of it, in which the same person is the same', () => {
    const [one] = recording.made.accounts;
    expect(recording.typed).toEqual(['Y']);
    expect(recording.made.steps).toMatchObject({ confirmation: 'ok', 'entries 1': 'ok' });
    expect(one?.account).toMatchObject({ type: 'current', currency: 'EUR' });
    const [rent, salary] = one?.entries ?? [];
    expect(salary?.counterparty).toBe(one?.account.holder);
    expect(rent?.text).toContain(one?.account.holder.split(' ')[0]?.toUpperCase());
    expect(rent?.balanceAfter).toEqual(one?.balance?.booked);
    const before = salary?.balanceAfter?.minor ?? 0;
    expect(before + (rent?.amount.minor ?? 0)).toBe(rent?.balanceAfter?.minor);
  });

  test('is made again from itself alone', async () => {
    expect(await checkRecording(JSON.parse(JSON.stringify(recording)), environment)).toEqual([]);
  });

  test('tells which call says what else, where the connector makes something else of it', async () => {
    const changed = structuredClone(recording) as {
      -readonly [K in keyof Recording]: Recording[K];
    };
    const was = JSON.stringify(changed.made).replace(/"minor":-\d+/, '"minor":-1');
    changed.made = JSON.parse(was);
    const wrong = await checkRecording(changed, environment);
    expect(wrong).toEqual([
      expect.stringMatching(
        /^accounts\.0\.entries\.0\.amount\.minor \(call \d, GET \/accounts\/.*\): was -1, is -\d+\.$/,
      ),
    ]);
  });

  test('tells of a question that nobody was asked', async () => {
    const [wrong] = await checkRecording({ ...recording, typed: [] }, environment);
    expect(wrong).toBe('a question: no answer to that was recorded.');
  });

  test('tells of a call that was not recorded, and of one that is not made any more', async () => {
    const calls = recording.calls.map((call) =>
      call.path.endsWith('/balances') ? { ...call, path: '/accounts/other' } : call,
    );
    const wrong = await checkRecording({ ...recording, calls }, environment);
    expect(wrong).toEqual([
      expect.stringMatching(/^GET \/accounts\/.*\/balances after 4 calls: no answer to that/),
      expect.stringMatching(/^call 5, GET \/accounts\/other: is not asked any more\.$/),
      expect.stringMatching(/^steps\.balance 1 .*: was "ok", is /),
    ]);
  });
});

test('a call to which no answer came is recorded as such', async () => {
  const walk = await record(bankOf(`GET /accounts/${uid}/balances`));
  const heard = { ...walk.heard, calls: walk.heard.calls.slice(1) };
  const recording = await makeRecording({ ...walk, heard }, disguise);
  expect(recording.calls.map(({ status }) => status)).toContain(0);
  expect(recording.made.steps['balance 1']).toBe('bank-unavailable');
});

test('that its user said no at the bank is recorded as well', async () => {
  const walk = await record(bankOf(), { error: 'access_denied', hint: 'geheim-4' });
  const heard = { ...walk.heard, calls: walk.heard.calls.slice(1) };
  const { made, returned } = await makeRecording({ ...walk, heard }, disguise);
  expect(made.steps).toMatchObject({ confirmation: 'confirmation-declined' });
  expect(returned).toEqual([
    { error: 'access_denied', hint: expect.stringMatching(/^[a-z]{6}-\d$/) },
  ]);
  expect(returned[0]?.['hint']).not.toContain('geheim');
});

test('what comes over mutual TLS is heard as well', async () => {
  const terminal = { say: () => {}, ask: async () => '', askSecret: async () => '' };
  const recorder = createRecorder({
    terminal: { ...terminal, show: async () => {} },
    wayBack: { redirectUrl: '', returned: async () => ({}) },
  });
  const bank = {
    ...{ id: 'berlin-group:one', name: 'One', country: 'DE', baseUrl: 'https://one.example' },
    tls: { certificate: clientKey.replace('-key', ''), key: clientKey },
  };
  const launch = () => Promise.reject(new Error('no browser'));
  const { connectors } = createConnectors(
    { BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify([bank]) },
    {
      ...{ fetch, clock, launch, launchPuppeteer: launch, readStatementFile },
      tlsFetch: ({ certificate }) =>
        recorder.hear(async () => new Response(certificate.slice(0, 27), { status: 503 })),
    },
  );
  const [institution] = (await connectors[0]?.institutions()) ?? [];
  const asked = connectors[0]?.startAccess({
    ...{ redirectUrl: 'http://127.0.0.1:4711/?state=s1', validUntil: '2026-06-01' },
    ...{ notificationUrl: 'http://127.0.0.1:4711/', credentials: {} },
    institution: institution as NonNullable<typeof institution>,
    user: { ipAddress: '127.0.0.1' },
  });
  await expect(asked).rejects.toThrow('create-consent');
  expect(recorder.heard.calls).toMatchObject([
    { origin: 'https://one.example', status: 503, text: '-----BEGIN CERTIFICATE-----' },
  ]);
});

test('what scrubbed answers do not lead to is no recording, and neither is what holds a secret', async () => {
  const walk = await record(bankOf());
  // The list of banks stands before it, which the walk itself does not ask for.
  await expect(makeRecording(walk, disguise)).rejects.toThrow(NotRecordable);
  await expect(makeRecording(walk, disguise)).rejects.toThrow('With scrubbed answers');
  const heard = { ...walk.heard, calls: walk.heard.calls.slice(1) };
  const typed = [...heard.typed, 'Sample Bank'];
  await expect(makeRecording({ ...walk, heard: { ...heard, typed } }, disguise)).rejects.toThrow(
    'something that you typed',
  );
  const set = { ...environment, BOOKFEED_ENABLE_BANKING_NOTE: 'Sample Bank' };
  await expect(makeRecording({ ...walk, heard, environment: set }, disguise)).rejects.toThrow(
    'or set up',
  );
  const brought = { ...heard, returned: [{ code: 'Sample Bank' }] };
  // As it is before it is scrubbed.
  await expect(makeRecording({ ...walk, heard: brought }, disguise)).rejects.toThrow('or set up');
  const nothing = makeRecording({ ...walk, heard: { ...heard, calls: [] } }, disguise);
  await expect(nothing).rejects.toThrow('No answer came');
});

test('of settings those are kept that are no secret, and of banks the one that was walked', () => {
  const banks = [
    { id: 'berlin-group:one', baseUrl: 'https://one.example', oauth: { clientId: 'c1' } },
    { id: 'berlin-group:two', baseUrl: 'https://two.example' },
  ];
  const institution = { id: 'berlin-group:one', connector: 'berlin-group' };
  const kept = keptSettings(
    {
      BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify(
        banks.map((bank) => ({ ...bank, notificationSecret: 's', tls: { key: 'k' } })),
      ),
      BOOKFEED_PLAID_URL: 'https://plaid.example',
    },
    institution as never,
  );
  expect(Object.keys(kept)).toEqual(['BOOKFEED_BERLIN_GROUP_BANKS']);
  expect(JSON.parse(kept['BOOKFEED_BERLIN_GROUP_BANKS'] ?? '')).toEqual([
    { id: 'berlin-group:one', baseUrl: 'https://one.example', oauth: { clientId: 'made-up' } },
  ]);
  const listed = ['12345678', '87654321'].map((blz) => ({
    blz,
    name: 'Sample',
    url: 'https://bank.example/',
  }));
  const finTs = { id: 'fints:12345678', connector: 'fints' };
  const list = { BOOKFEED_FINTS_BANKS: JSON.stringify(listed), BOOKFEED_FINTS_PRODUCT_ID: 'p' };
  expect(keptSettings(list, finTs as never)).toEqual({
    BOOKFEED_FINTS_BANKS: JSON.stringify(listed.slice(0, 1)),
  });
  const plaid = { id: 'plaid:ins-1', connector: 'plaid' };
  const secret = { BOOKFEED_PLAID_SECRET: 's', BOOKFEED_PLAID_URL: 'https://plaid.example' };
  expect(keptSettings(secret, plaid as never)).toEqual({
    BOOKFEED_PLAID_URL: 'https://plaid.example',
  });
});
