import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import type { BankTraits } from '../../../../cloud/local/bank/traits.ts';
import type { AccessStep, AskedStep, Grant } from '../../../../cloud/ports/bank-connector.ts';
import type { ConfirmationAnswer } from '../../../../shared/confirmation.ts';
import { type BankServer, startBank, user } from '../../local/bank/bank-server.ts';
import { loadBerlinGroupSpec } from '../../local/bank/berlin-group-spec.ts';
import { decideAtBank } from '../../local/bank/visit-bank.ts';

const spec = loadBerlinGroupSpec();
const problems: string[] = [];
const running: BankServer[] = [];
afterEach(async () => {
  for (const bank of running.splice(0)) await bank.stop();
});
afterAll(() => {
  expect(problems).toEqual([]);
});

async function start(
  scaApproach: NonNullable<BankTraits['scaApproach']>,
  settings: Partial<BerlinGroupBank> = {},
) {
  const sent: { readonly path: string; readonly body: string; readonly headers: Headers }[] = [];
  const bank = await startBank({
    traits: { scaApproach },
    settings,
    async watch(request, response) {
      const { pathname } = new URL(request.url);
      const body = await request.clone().text();
      sent.push({ path: `${request.method} ${pathname}`, body, headers: request.headers });
      if (!spec || !/^\/xs2a\/v1/.test(pathname)) return;
      problems.push(...(await spec.problemsOf(request, response)));
    },
  });
  running.push(bank);
  const answer = (grant: Grant, given: ConfirmationAnswer) =>
    bank.connector.answerConfirmation(grant, given, user);
  return { ...bank, sent, answer };
}

function asked(step: AccessStep): AskedStep {
  if (step.kind !== 'asked') throw new Error('the bank asks nothing');
  return step;
}

function granted(step: AccessStep): Grant {
  if (step.kind !== 'granted') throw new Error('the bank still asks');
  return step.grant;
}

const clara = { 'psu-id': 'clara', password: 'sandbox' };
const poll = { kind: 'poll' } as const;

describe('a bank that asks in its app', () => {
  test('is asked until its user has approved there', async () => {
    const bank = await start('decoupled');
    const { grant, confirmation } = asked(await bank.ask({ 'psu-id': 'clara' }));
    expect(confirmation).toEqual({
      kind: 'approval',
      prompt: 'Approve the access in the Sandbox Bank app.',
      everySeconds: 5,
    });
    const [created] = bank.sent;
    expect(created?.headers.get('PSU-ID')).toBe('clara');
    expect(created?.headers.get('TPP-Redirect-Preferred')).toBe('false');
    expect(created?.headers.get('TPP-Decoupled-Preferred')).toBe('true');
    const still = asked(await bank.answer(grant, poll));
    expect(still.confirmation).toEqual(confirmation);
    bank.control.answers('clara')?.approve();
    const step = await bank.answer(still.grant, poll);
    expect(step).toMatchObject({ kind: 'granted', validUntil: '2026-08-31', unattendedPerDay: 4 });
    expect(Object.keys(granted(step))).toEqual(['institutionId', 'consentId']);
    expect(await bank.read.accounts(granted(step))).not.toHaveLength(0);
  });

  test('tells that its user declined, or has let the time pass', async () => {
    const bank = await start('decoupled');
    const { grant } = asked(await bank.ask({ 'psu-id': 'clara' }));
    bank.control.answers('clara')?.decline();
    await expect(bank.answer(grant, poll)).rejects.toMatchObject({ code: 'confirmation-declined' });
    const declined = await bank.parts.consents.read(grant['consentId'] ?? '');
    expect(declined?.status).toBe('rejected');
    const second = asked(await bank.ask({ 'psu-id': 'clara' }));
    bank.clock.passMinutes(31);
    await expect(bank.answer(second.grant, poll)).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
  });

  test('lets nobody in whom it does not know', async () => {
    const bank = await start('decoupled');
    await expect(bank.ask({ 'psu-id': 'nobody' })).rejects.toMatchObject({
      code: 'login-rejected',
    });
  });
});

describe('a bank whose user confirms with us', () => {
  test('gets the password, asks for a method, and then for the code of a picture', async () => {
    const bank = await start('embedded');
    expect(bank.institution.credentials?.map(({ name }) => name)).toEqual(['psu-id', 'password']);
    const first = asked(await bank.ask(clara));
    expect(first.confirmation).toEqual({
      kind: 'method',
      prompt: 'Confirm by',
      methods: [
        { id: 'sms', name: 'SMS to *** 4471' },
        { id: 'photo', name: 'Photo TAN' },
        { id: 'app', name: 'Sandbox Bank app' },
      ],
    });
    expect(JSON.stringify(first.grant)).not.toContain('sandbox"');
    const second = asked(await bank.answer(first.grant, { kind: 'method', id: 'photo' }));
    expect(second.confirmation).toEqual({
      kind: 'code',
      prompt: 'Type the code that confirms the access.\nScan the picture with your phone.',
      format: 'digits',
      length: 6,
      picture: {
        mimeType: 'image/png',
        content: expect.stringMatching(/^iVBORw0KGgo[A-Za-z0-9+/]+=*$/),
        alt: 'Scan the picture with your phone.',
      },
    });
    const wrong = bank.answer(second.grant, { kind: 'code', text: '1' });
    await expect(wrong).rejects.toMatchObject({ code: 'code-rejected' });
    const code = bank.control.answers('clara')?.code ?? '';
    const step = await bank.answer(second.grant, { kind: 'code', text: code });
    expect(await bank.read.accounts(granted(step))).toContainEqual(
      expect.objectContaining({ holder: 'Clara Beispiel' }),
    );
    const secret = bank.sent.filter(({ body }) => body.includes('"sandbox"'));
    expect(secret.map(({ path }) => path)).toEqual([expect.stringMatching(/^POST .*authoris/)]);
  });

  test('asks for no method where there is one alone, and waits where that is the app', async () => {
    const bank = await start('embedded');
    const david = asked(await bank.ask({ 'psu-id': 'david', password: 'sandbox' }));
    expect(david.confirmation).toMatchObject({ kind: 'code', length: 6, format: 'digits' });
    const amira = asked(await bank.ask({ 'psu-id': 'amira', password: 'sandbox' }));
    expect(amira.confirmation).toMatchObject({ kind: 'approval' });
    bank.control.answers('amira')?.approve();
    expect((await bank.answer(amira.grant, poll)).kind).toBe('granted');
  });

  test('ends the question with the third wrong code', async () => {
    const bank = await start('embedded');
    const { grant } = asked(await bank.ask({ 'psu-id': 'david', password: 'sandbox' }));
    const guess = () => bank.answer(grant, { kind: 'code', text: '000' });
    await expect(guess()).rejects.toMatchObject({ code: 'code-rejected' });
    await expect(guess()).rejects.toMatchObject({ code: 'code-rejected' });
    await expect(guess()).rejects.toMatchObject({ code: 'confirmation-expired' });
    await expect(guess()).rejects.toMatchObject({ code: 'confirmation-expired' });
  });

  test('refuses a wrong password, and locks after five', async () => {
    const bank = await start('embedded');
    const wrong = () => bank.ask({ 'psu-id': 'clara', password: 'guess' });
    for (let tries = 1; tries < 5; tries++) {
      await expect(wrong()).rejects.toMatchObject({ code: 'login-rejected' });
    }
    await expect(wrong()).rejects.toMatchObject({ code: 'account-locked' });
  });

  test('shows the accounts whose IBANs were typed, and takes none that are none', async () => {
    const bank = await start('embedded', { scope: 'named' });
    const own = bank.parts.accounts.inOpenBanking('david').flatMap(({ iban }) => iban ?? []);
    const [iban = ''] = own;
    const spaced = ` ${iban.replace(/(.{4})/g, '$1 ').toLowerCase()} , `;
    const david = { 'psu-id': 'david', password: 'sandbox' };
    const { grant } = asked(await bank.ask({ ...david, ibans: spaced }));
    const code = bank.control.answers('david')?.code ?? '';
    const step = await bank.answer(grant, { kind: 'code', text: code });
    const shown = await bank.read.accounts(granted(step));
    expect(shown.map((account) => account.iban)).toEqual([iban]);
    for (const ibans of ['', 'DE89', `${iban}, 12345`]) {
      await expect(bank.ask({ ...david, ibans })).rejects.toMatchObject({ code: 'login-rejected' });
    }
  });

  test('is not told a code in the place of a method', async () => {
    const bank = await start('embedded');
    const { grant } = asked(await bank.ask(clara));
    const before = bank.sent.length;
    await expect(bank.answer(grant, { kind: 'code', text: '1' })).rejects.toMatchObject({
      code: 'needs-confirmation',
    });
    expect(bank.sent).toHaveLength(before);
  });
});

describe('a bank with an OAuth server', () => {
  /** The address to which the bank sends the browser, and what it has added. */
  async function goTo(page: string, decision: 'allow' | 'decline') {
    const back = new URL(await decideAtBank(page, decision));
    return { back, query: Object.fromEntries(back.searchParams) };
  }

  async function connect(bank: Awaited<ReturnType<typeof start>>) {
    const { grant, confirmation } = asked(await bank.ask());
    if (confirmation.kind !== 'redirect') throw new Error('no redirect');
    const { query } = await goTo(confirmation.url, 'allow');
    return granted(await bank.answer(grant, { kind: 'returned', query }));
  }

  test('sends the user away with a challenge, and gives tokens for the code', async () => {
    const bank = await start('oauth');
    const { grant, confirmation } = asked(await bank.ask());
    if (confirmation.kind !== 'redirect') throw new Error('no redirect');
    const page = new URL(confirmation.url);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      response_type: 'code',
      scope: `AIS:${grant['consentId']} offline_access`,
      redirect_uri: 'http://127.0.0.1:4711/bank-callback',
      state: 's1',
      code_challenge_method: 'S256',
    });
    const { back, query } = await goTo(confirmation.url, 'allow');
    expect(back.origin + back.pathname).toBe('http://127.0.0.1:4711/bank-callback');
    expect(query).toMatchObject({ state: 's1', code: expect.any(String) });
    const step = await bank.answer(grant, { kind: 'returned', query });
    expect(step).toMatchObject({ kind: 'granted', validUntil: '2026-08-31' });
    expect(await bank.read.accounts(granted(step))).not.toHaveLength(0);
    const again = bank.answer(grant, { kind: 'returned', query });
    await expect(again).rejects.toMatchObject({ code: 'confirmation-expired' });
  });

  test('tells that the user declined, or came back without a code, whoever says so', async () => {
    const bank = await start('oauth');
    const { grant, confirmation } = asked(await bank.ask());
    const answer = (query: Record<string, string>) =>
      bank.answer(grant, { kind: 'returned', query });
    await expect(answer({})).rejects.toMatchObject({ code: 'needs-confirmation' });
    await expect(answer({ code: 'made-up' })).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
    await expect(answer({ error: 'access_denied' })).rejects.toMatchObject({
      code: 'confirmation-declined',
    });
    if (confirmation.kind !== 'redirect') throw new Error('no redirect');
    const { query } = await goTo(confirmation.url, 'decline');
    expect(query).toEqual({ error: 'access_denied', state: 's1' });
    await expect(answer(query)).rejects.toMatchObject({ code: 'confirmation-declined' });
    await expect(answer({})).rejects.toMatchObject({ code: 'confirmation-declined' });
  });

  test('gives another token when one is over, which is kept before it is used', async () => {
    const bank = await start('oauth');
    const grant = await connect(bank);
    bank.clock.passMinutes(61);
    const kept: Grant[] = [];
    const callsWhenKept: number[] = [];
    const session = await bank.connector.open(grant, user, async (fresh) => {
      kept.push(fresh);
      callsWhenKept.push(bank.sent.length);
    });
    const before = bank.sent.length;
    const [account] = await session.accounts();
    const paths = bank.sent.slice(before).map(({ path }) => path);
    expect(paths).toEqual([
      'GET /xs2a/v1/accounts',
      'POST /xs2a/oauth/token',
      'GET /xs2a/v1/accounts',
    ]);
    expect(callsWhenKept).toEqual([before + 2]);
    await session.balance(account?.externalId ?? '');
    expect(kept).toHaveLength(1);
    // The old one is spent, the kept one goes on.
    bank.clock.passMinutes(61);
    await expect(bank.read.accounts(grant)).rejects.toMatchObject({ code: 'consent-expired' });
    expect(await bank.read.accounts(kept[0] ?? {})).not.toHaveLength(0);
  });

  test('is asked for one new token when two calls find theirs over', async () => {
    const bank = await start('oauth');
    const grant = await connect(bank);
    bank.clock.passMinutes(61);
    const before = bank.sent.length;
    const session = await bank.connector.open(grant, user);
    await Promise.all([session.accounts(), session.accounts()]);
    const asks = bank.sent.slice(before).filter(({ path }) => path.endsWith('/token'));
    expect(asks).toHaveLength(1);
  });

  test('is given its consent back, be the token over or not', async () => {
    const bank = await start('oauth');
    const grant = await connect(bank);
    bank.clock.passMinutes(61);
    await bank.connector.revokeAccess(grant);
    await bank.connector.revokeAccess(grant);
    expect(bank.sent.at(-1)?.headers.get('Authorization')).toMatch(/^Bearer /);
  });

  test('cannot be asked without the name by which it knows us', async () => {
    const bank = await start('oauth', { oauth: undefined });
    await expect(bank.ask()).rejects.toMatchObject({ code: 'provider-not-configured' });
  });
});
