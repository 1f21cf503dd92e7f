import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type Collection, write } from '../../cloud/ports/store.ts';
import { callerOf } from '../cloud/local/local-walk.ts';
import type { FormPage } from '../form-browser.ts';
import { startSmtpServer } from '../smtp-server.ts';
import { connectSandboxBank, until } from '../walk.ts';
import { launchChromium } from './chromium.ts';
import { type Desk, hourMs, kim, withDesk } from './desk.ts';
import { findSecrets, type Secrets, secretsOf, writtenBy } from './secrets-of-walk.ts';

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

const smtpPassword = 'Postweg/77+x';

test('no password, code or cookie stands in store, log, answers, spreadsheet or sidebar; planted ones are found', async () => {
  if (!browser) return;
  const server = await startSmtpServer({
    authOptional: false,
    onAuth: ({ username, password }, _, done) =>
      done(null, password === smtpPassword ? { user: `${username}` } : {}),
  });
  const smtpUrl = `smtp://bookfeed:${encodeURIComponent(smtpPassword)}@${server.address}`;
  const walk = withDesk(
    browser,
    { mail: { smtpUrl, address: 'erika@example.org' } },
    async (desk) => {
      await liveWithBank(desk);
      expect(server.received).toMatchObject([{ user: 'bookfeed' }]);
      const secrets = await secretsOf(desk);
      expect(Object.keys(secrets)).toEqual(
        expect.arrayContaining([
          'login',
          'password',
          'password of the mail server',
          'code 1',
          'cookie sandbox_bank',
          'cookie sandbox_bank_device',
        ]),
      );
      expect(findSecrets(secrets, await writtenBy(desk))).toEqual([]);
      await plant(desk, secrets);
    },
  );
  const found: unknown = await walk.catch((error: unknown) => error);
  await server.close();
  const { message } = found as Error;
  for (const planted of [
    'password in file bookfeed.sqlite-wal, as it is',
    'cookie sandbox_bank_device in file bookfeed.sqlite-wal, as Base64',
    'code 1 in log, as it is',
    'password of the mail server in log, as JSON',
    'login in answers, as it is',
    'password in answers, in an address',
    'password in answers, in a form',
    'password in spreadsheet, as it is',
    'password in file sheets.sqlite-wal, as it is',
    'password in sidebar, as HTML',
  ]) {
    expect(message).toContain(planted);
  }
}, 90_000);

/** Connects by login, fails once with a mail, logs in again, and leaves the bank waiting for an answer. */
async function liveWithBank(desk: Desk): Promise<void> {
  const { started, page, sidebar } = desk;
  const { control } = started.bank;
  const call = callerOf(started);
  const answer = async ({ html }: FormPage): Promise<Record<string, string>> => {
    if (html.includes('name="method"')) return { method: 'sms' };
    const code = control.answers(kim.login)?.code ?? '';
    desk.typedCodes.push(code);
    return { code };
  };
  await connectSandboxBank(call, kim, { wayIn: 'login', answer });
  const [connection] = (await call('overview', {})).connections;
  const savings = connection?.accounts.find(({ name }) => name === 'Savings');
  if (!connection || !savings) throw new Error('the bank shows no savings');
  const { id: connectionId } = connection;
  const bookAccount = { path: 'Assets:Savings', type: 'asset' } as const;
  const feed = { bookAccount, from: '2026-01-01' };
  await call('linkAccount', { connectionId, accountKey: savings.key, ...feed });
  await started.idle();
  control.failNext({ call: 'any', with: 'login-rejected' });
  await desk.pass(6.3 * hourMs);
  await connectSandboxBank(call, kim, { connectionId, wayIn: 'login', answer });
  await started.idle();
  await desk.pass(hourMs);
  await call('syncHistory', { connectionId, from: '2020-01-01' });
  await started.idle();
  await page.reload();
  await sidebar.getByRole('button', { name: /^Enter code/ }).click();
  await sidebar.getByText('How do you want to confirm?').waitFor();
}

/** Everywhere something that stands nowhere, written in each of the ways. */
async function plant({ started, page, answers }: Desk, secrets: Secrets): Promise<void> {
  const { world, sheets, bookId } = started;
  const { login = '', password = '' } = secrets;
  const device = `..${secrets['cookie sandbox_bank_device']}..`;
  const value = { text: `x${password}x`, base64: Buffer.from(device).toString('base64') };
  await world.store.commit([write(planted, 'p1', value, 'absent')]);
  world.log.bankFailed('c1', 'timeout', `code ${secrets['code 1']}`);
  world.log.bankFailed('c1', 'timeout', secrets['password of the mail server']);
  const query = new URLSearchParams({ login, password });
  const asked = [`/privacy?${query}`, `/privacy?${encodeURIComponent(password)}`];
  await page.evaluate(
    `Promise.all(${JSON.stringify(asked)}.map(async (url) => (await fetch(url)).text()))`,
  );
  await until(async () => answers.filter(({ url }) => url.includes('/privacy?')).length === 2);
  const cell = `${sheets.url}/v4/spreadsheets/${bookId}/values/Transactions!J2`;
  await fetch(`${cell}?valueInputOption=RAW`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${sheets.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ values: [[password]] }),
  });
  const frame = page.frames().find((it) => it.url().includes('/sidebar'));
  await frame?.evaluate(`document.body.append(${JSON.stringify(password)})`);
}

const planted: Collection<{ readonly text: string; readonly base64: string }> = {
  name: 'planted',
  indexed: [],
};
