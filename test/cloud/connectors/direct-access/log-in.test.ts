import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { AskedStep } from '../../../../cloud/ports/bank-connector.ts';
import { addDays } from '../../../../shared/calendar-date.ts';
import { user } from '../../local/bank/bank-server.ts';
import { describeInChromium } from './in-chromium.ts';
import { clara, type OnlineBank, readSite, startOnlineBank } from './online-bank.ts';

const describe = await describeInChromium();

describe('a login at the website of a bank', () => {
  let bank: OnlineBank;
  let tries: string[] = [];
  beforeAll(async () => {
    bank = await startOnlineBank({
      watch: ({ method, url }) => tries.push(`${method} ${new URL(url).pathname.split('/')[1]}`),
    });
  });
  beforeEach(() => {
    tries = [];
  });
  afterEach(() => bank.clock.passMinutes(11));
  afterAll(() => bank.stop());

  const answer = (asked: AskedStep, text: string) =>
    bank.connector.answerConfirmation(asked.grant, { kind: 'code', text }, user);
  const choose = (asked: AskedStep, id: string) =>
    bank.connector.answerConfirmation(asked.grant, { kind: 'method', id }, user);
  const poll = (asked: AskedStep) =>
    bank.connector.answerConfirmation(asked.grant, { kind: 'poll' }, user);

  /** The step's question; a login that is not asked anything is none of these tests'. */
  async function ask(login = 'clara'): Promise<AskedStep> {
    const step = await bank.start({ login, password: 'sandbox' });
    if (step.kind !== 'asked') throw new Error('the bank asks nothing');
    return step;
  }

  async function askBy(method: string): Promise<AskedStep> {
    const step = await choose(await ask(), method);
    if (step.kind !== 'asked') throw new Error('the bank asks nothing');
    return step;
  }

  test('offers the methods that the customer has, and waits five minutes', async () => {
    const asked = await ask();
    expect(asked.confirmation).toEqual({
      kind: 'method',
      prompt: expect.stringMatching(/\w/),
      methods: [
        { id: 'sms', name: 'Code by SMS' },
        { id: 'photo', name: 'Photo TAN' },
        { id: 'app', name: 'Approval in the app' },
      ],
    });
    expect(Date.parse(asked.expiresAt ?? '') - Date.parse(bank.clock.now())).toBe(300_000);
  });

  test('asks for the code that was sent, and is granted with it', async () => {
    const asked = await askBy('sms');
    const { prompt: _, ...question } = asked.confirmation as { prompt: string };
    expect(question).toEqual({ kind: 'code', format: 'digits', length: 6 });
    const step = await answer(asked, bank.control.answers('clara')?.code ?? '');
    // The bank remembers a browser for 180 days, and says so.
    const validUntil = addDays('2026-03-10', 180);
    expect(step).toEqual({ kind: 'granted', grant: expect.anything(), validUntil });
  });

  test('keeps the login and what the bank knows the browser by, and nothing of the session', async () => {
    const { institutionId, credentials, cookies, ...more } = await bank.connect();
    expect(more).toEqual({});
    expect(institutionId).toBe(bank.institution.id);
    expect(JSON.parse(credentials ?? '')).toEqual(clara);
    const kept = JSON.parse(cookies ?? '') as { name: string }[];
    expect(kept.map(({ name }) => name)).toEqual(['sandbox_bank_device']);
  });

  test('shows the picture of a photo TAN', async () => {
    const { confirmation } = await askBy('photo');
    expect(confirmation).toMatchObject({
      kind: 'code',
      format: 'digits',
      picture: { mimeType: expect.stringMatching(/^image\//), alt: expect.stringMatching(/\w/) },
    });
    const { content } = (confirmation as { picture: { content: string } }).picture;
    expect(Buffer.from(content, 'base64').byteLength).toBeGreaterThan(100);
  });

  test('is not approved until it is approved in the app', async () => {
    const asked = await askBy('app');
    expect(asked.confirmation).toMatchObject({ kind: 'approval', everySeconds: 2 });
    const again = await poll(asked);
    expect(again).toEqual({ ...asked, grant: expect.anything(), kind: 'asked' });
    bank.control.answers('clara')?.approve();
    expect(await poll(again as AskedStep)).toMatchObject({ kind: 'granted' });
  });

  test('tells that it was declined in the app', async () => {
    const asked = await askBy('app');
    bank.control.answers('clara')?.decline();
    await expect(poll(asked)).rejects.toMatchObject({ code: 'confirmation-declined' });
  });

  test('puts a question in words, as it stands there', async () => {
    const questioned = await startOnlineBank({
      customers: [{ ...clara, name: 'Clara', accounts: [], isAskedQuestion: true }],
    });
    const step = await questioned.start();
    expect(step).toMatchObject({
      confirmation: {
        kind: 'code',
        format: 'text',
        prompt: expect.stringMatching(/^What is .*\?$/),
      },
    });
    await expect(questioned.confirm((step as AskedStep).grant)).resolves.toBeDefined();
    await questioned.stop();
  });

  test('leaves the question open after a wrong code, until the third', async () => {
    const asked = await askBy('sms');
    const right = bank.control.answers('clara')?.code ?? '';
    await expect(answer(asked, '000000')).rejects.toMatchObject({ code: 'code-rejected' });
    await expect(answer(asked, '000001')).rejects.toMatchObject({ code: 'code-rejected' });
    await expect(answer(asked, '000002')).rejects.toMatchObject({ code: 'confirmation-expired' });
    await expect(answer(asked, right)).rejects.toMatchObject({ code: 'confirmation-expired' });
  });

  test('takes an empty code for a wrong one, without asking the bank', async () => {
    const asked = await askBy('sms');
    tries = [];
    await expect(answer(asked, '')).rejects.toMatchObject({ code: 'code-rejected' });
    expect(tries).toEqual(['GET confirm']);
  });

  test('asks what it asks now when another question is answered', async () => {
    const asked = await ask();
    const sms = await choose(asked, 'sms');
    expect(await choose(asked, 'photo')).toMatchObject({ confirmation: { kind: 'code' } });
    expect(await choose(asked, 'none')).toMatchObject({ confirmation: { kind: 'code' } });
    expect(await poll(asked)).toMatchObject({ expiresAt: (sms as AskedStep).expiresAt });
    expect(await choose(await ask(), 'none')).toMatchObject({ confirmation: { kind: 'method' } });
  });

  test('is over when the bank no longer waits', async () => {
    const asked = await askBy('sms');
    const right = bank.control.answers('clara')?.code ?? '';
    bank.clock.passMinutes(4);
    expect(await poll(asked)).toMatchObject({ expiresAt: asked.expiresAt });
    bank.clock.passMinutes(1);
    tries = [];
    await expect(answer(asked, right)).rejects.toMatchObject({ code: 'confirmation-expired' });
    expect(tries).toEqual([]);
  });

  test('is over when the bank has forgotten it', async () => {
    const { grant, ...asked } = await askBy('sms');
    const lost = { ...grant, cookies: '[]' };
    await expect(poll({ ...asked, grant: lost })).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
  });

  test('goes on in another process, from what was stored', async () => {
    const asked = JSON.parse(JSON.stringify(await askBy('sms'))) as AskedStep;
    const elsewhere = readSite(bank.url, { clock: bank.clock });
    const text = bank.control.answers('clara')?.code ?? '';
    const code = { kind: 'code', text } as const;
    const step = await elsewhere.connector.answerConfirmation(asked.grant, code, undefined);
    expect(step.kind).toBe('granted');
    await elsewhere.connector.close();
  });

  test('is asked for no confirmation in a browser that the bank knows', async () => {
    const grant = await bank.connect();
    bank.clock.passMinutes(24 * 60);
    tries = [];
    const session = await bank.connector.open(grant, undefined);
    expect(tries).toEqual([]);
    expect(await session.accounts()).not.toHaveLength(0);
    await session.close();
    expect(tries.filter((one) => one === 'POST login')).toHaveLength(1);
    expect(tries).not.toContain('GET confirm');
  });

  test('needs its user again when the bank has forgotten the browser', async () => {
    const grant = await bank.connect();
    bank.clock.passMinutes(181 * 24 * 60);
    const session = await bank.connector.open(grant, undefined);
    const needed = await session.accounts().catch((error: unknown) => error);
    expect(needed).toMatchObject({ code: 'needs-confirmation' });
    await session.close();
    const renewed = await bank.confirm((needed as { asked: AskedStep }).asked.grant);
    const again = await bank.connector.open(renewed, undefined);
    expect(await again.accounts()).not.toHaveLength(0);
    await again.close();
  });

  test('is tried once with a wrong password, whatever else is asked', async () => {
    const wrong = { ...clara, password: 'Sandbox' };
    await expect(bank.start(wrong)).rejects.toMatchObject({ code: 'login-rejected' });
    expect(tries.filter((one) => one === 'POST login')).toHaveLength(1);
    tries = [];
    const grant = { ...(await ask()).grant, credentials: JSON.stringify(wrong) };
    tries = [];
    const session = await bank.connector.open(grant, undefined);
    const rejected = { code: 'login-rejected' };
    await expect(session.accounts()).rejects.toMatchObject(rejected);
    await expect(session.balance('a1')).rejects.toMatchObject(rejected);
    const entries = session.entries('a1', { from: '2026-03-01' })[Symbol.asyncIterator]();
    await expect(entries.next()).rejects.toMatchObject(rejected);
    await session.close();
    expect(tries.filter((one) => one === 'POST login')).toHaveLength(1);
  });

  test('is not tried at all where a field is empty', async () => {
    for (const credentials of [{ login: 'clara' }, { ...clara, password: '' }, {}]) {
      await expect(bank.start(credentials)).rejects.toMatchObject({ code: 'login-rejected' });
    }
    expect(tries).toEqual([]);
  });

  test('tells that the bank has locked it', async () => {
    bank.control.failNext({ call: 'accounts', with: 'account-locked' });
    await expect(bank.start()).rejects.toMatchObject({ code: 'account-locked' });
  });

  test('is not made at a bank that is not set up', async () => {
    const grant = { ...(await ask()).grant, institutionId: 'direct-access:another' };
    await expect(bank.connector.open(grant, undefined)).rejects.toMatchObject({
      code: 'provider-not-configured',
    });
    await expect(bank.connector.open({}, undefined)).rejects.toMatchObject({
      code: 'consent-expired',
    });
  });

  test('is described with the fields that it asks for', async () => {
    expect(await bank.connector.institutions()).toEqual([
      {
        ...bank.institution,
        credentials: [
          { name: 'login', label: 'Login name', kind: 'text' },
          { name: 'password', label: 'Password', kind: 'password' },
        ],
      },
    ]);
  });
});
