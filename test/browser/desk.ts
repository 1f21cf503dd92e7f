import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { createWording } from '../../addon/sidebar/wording.ts';
import type { LogLine } from '../../cloud/core/log.ts';
import { scheduleSyncs } from '../../cloud/core/schedule-syncs.ts';
import type { BankCustomer } from '../../cloud/local/bank/bank-customer.ts';
import { clara } from '../../cloud/local/bank/sample-clara.ts';
import type { Started, StartOptions } from '../../cloud/local/start.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import {
  callerOf,
  rowsOf,
  type ShownRow,
  withFolder,
  withLocal,
} from '../cloud/local/local-walk.ts';
import { connectSandboxBank, until } from '../walk.ts';
import { drawCalmly, keepPicture } from './chromium.ts';
import { findSecrets, secretsOf, writtenBy } from './secrets-of-walk.ts';
import './try-twice.ts';

/** The longest that any one thing may take, on a slow machine. */
const patienceMs = 20_000;
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A customer whose login is like no other text, so that it can be searched for; with accounts of every kind. */
export const kim: BankCustomer = {
  ...clara,
  login: 'kim-probe-7f31',
  password: 'Kranich&7/blau+Ost=9',
  accounts: clara.accounts.map((account) => ({ ...account, key: `kim-${account.key}` })),
};

/** A user before the book's page with its sidebar; days pass when the test says so. */
export interface Desk {
  readonly started: Started;
  /** Of the store and all else that is kept. */
  readonly folder: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly sidebar: FrameLocator;
  readonly log: readonly LogLine[];
  /** Every answer of Bookfeed's own doors that the browser got. */
  readonly answers: readonly DoorAnswer[];
  /** What the bank sent to the customer's phone, and was typed. */
  readonly typedCodes: string[];
  readonly smtpPassword: string;
  now(): Instant;
  /** Lets time pass, and what is due then happen. */
  pass(ms: number): Promise<void>;
}

export interface DoorAnswer {
  readonly url: string;
  readonly text: string;
}

export interface DeskOptions extends Pick<StartOptions, 'bankTraits' | 'mail'> {
  /** Whose bank is connected, by open banking, before the window is opened. */
  readonly connected?: { readonly login: string; readonly password: string };
}

/**
 * Everything on one machine with a browser window before it, closed after `run`. @throws Error where a page complains, or
 * where what was typed or is kept under lock stands anywhere to be read
 */
export async function withDesk(
  browser: Browser,
  { connected, ...options }: DeskOptions,
  run: (desk: Desk) => Promise<void>,
): Promise<void> {
  const log: LogLine[] = [];
  const clock = createMovedClock('2026-03-09T09:00:00.000Z');
  const bankTraits = { historyDays: 90, unattendedPerDay: 4, ...options.bankTraits };
  const start = { ...options, bankTraits, clock, statementCustomers: [kim] };
  await withFolder((folder) =>
    withLocal({ ...start, folder, writeLog: (line) => log.push(line) }, async (started) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        timezoneId: 'Europe/Berlin',
        locale: 'en-GB',
      });
      context.setDefaultTimeout(patienceMs);
      await drawCalmly(context);
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(error.error().message));
      const recorded = recordAnswers(context, new URL(started.url).origin);
      try {
        const page = await context.newPage();
        if (connected) await connectSandboxBank(callerOf(started), connected);
        await page.goto(started.url);
        const sidebar = page.frameLocator('#sidebar-body iframe');
        await sidebar.getByRole('heading').first().waitFor();
        const pass = async (ms: number) => {
          clock.move(ms);
          await scheduleSyncs(started.world);
          await started.idle();
        };
        const place = { started, folder, context, page, sidebar, log, now: clock.now, pass };
        const smtpPassword = new URL(options.mail?.smtpUrl ?? 'smtp://x').password;
        const { answers } = recorded;
        const desk = { ...place, answers, typedCodes: [], smtpPassword };
        await run(desk).catch(async (error: unknown) => {
          // How far it came.
          for (const [at, tab] of context.pages().entries()) await keepPicture(tab, `failed-${at}`);
          throw error;
        });
        await recorded.settled();
        const found = findSecrets(await secretsOf(desk), await writtenBy(desk));
        if (found.length > 0) throw new Error(`secrets are written: ${found.join('; ')}`);
        if (errors.length > 0) throw new Error(`a page complains: ${errors.join('; ')}`);
      } finally {
        await context.close();
      }
    }),
  );
}

/** Goes like any clock, from that instant on, and jumps. */
function createMovedClock(start: Instant) {
  let base = Date.parse(start) - Date.now();
  return {
    now: () => new Date(Date.now() + base).toISOString(),
    move(ms: number): void {
      base += ms;
    },
  };
}

/** Scripts, styles and fonts were made before there was a secret. */
const madeBefore = /javascript|css|font|image|event-stream/;

function recordAnswers(context: BrowserContext, origin: string) {
  const answers: DoorAnswer[] = [];
  const reading: Promise<void>[] = [];
  // Not before the whole answer has come: a stream never ends.
  context.on('requestfinished', (request) => {
    if (!request.url().startsWith(origin)) return;
    const read = async () => {
      // A redirect, or an answer whose page is gone, has no text; its address is still one.
      const response = await request.response().catch(() => null);
      if (madeBefore.test(response?.headers()['content-type'] ?? '')) return;
      const text = (await response?.text().catch(() => '')) ?? '';
      answers.push({ url: request.url(), text });
    };
    reading.push(read());
  });
  return { answers, settled: () => Promise.all(reading) };
}

/** Goes to the sidebar and back until it shows that; what happened meanwhile it asks for when somebody comes back. */
export async function comeBackTo(
  { page, sidebar }: { readonly page: Page; readonly sidebar: FrameLocator | Frame },
  what: Locator,
): Promise<void> {
  await until(async () => {
    if (await what.isVisible()) return true;
    await page.locator('#title').click();
    await sidebar.getByRole('heading').first().click();
    await delay(300);
    return false;
  });
}

/** The tab that a click opens. */
export async function tabOf({ context }: Desk, button: Locator): Promise<Page> {
  const opened = context.waitForEvent('page');
  await button.click();
  const tab = await opened;
  await tab.waitForLoadState('domcontentloaded');
  return tab;
}

/** From the sidebar's button to the page on which the login begins. */
export async function chooseBank(desk: Desk, wayIn: 'open banking' | 'direct access') {
  const tab = await tabOf(desk, desk.sidebar.getByRole('button', { name: /^Connect a/ }));
  await tab.getByRole('button', { name: /Germany/ }).click();
  await tab.getByRole('checkbox').check();
  await tab.getByRole('button', { name: 'Continue' }).click();
  await tab.getByRole('button', { name: /Sandbox Bank/ }).click();
  await tab.getByRole('button', { name: `Use ${wayIn}` }).click();
  await tab.getByLabel('What you call this connection').waitFor();
  return tab;
}

/** Types the login into the page that asks for it. */
export async function typeLogin(tab: Page, password = kim.password): Promise<void> {
  await tab.getByLabel('Login name').fill(kim.login);
  await tab.getByLabel('Password').fill(password);
  await tab.getByRole('button', { name: 'Log in' }).click();
}

/** From the page before the bank's own, or from the bank's own, to the accounts found. */
export async function allowAtBank(tab: Page): Promise<void> {
  const onward = tab.getByRole('button', { name: 'Continue to Sandbox Bank' });
  const login = tab.getByLabel('Login name');
  const allow = tab.getByRole('button', { name: 'Allow' });
  await onward.or(login).or(allow).first().waitFor();
  if (await onward.isVisible()) await onward.click();
  // The bank may know the user from a moment ago.
  await login.or(allow).first().waitFor();
  if (await login.isVisible()) await typeLogin(tab);
  await allow.click();
  await tab.getByRole('heading', { name: /is connected/ }).waitFor();
}

/** The start page of the bank's own online banking, where the customer is logged in. */
export async function openBank({ context, started }: Desk): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(started.bankUrl);
  if (await tab.getByLabel('Login name').isVisible()) await typeLogin(tab);
  await tab.getByRole('heading', { name: 'Your accounts', exact: true }).waitFor();
  return tab;
}

/** What a customer types into the bank's form of a payment, from the current account unless it says otherwise. */
export interface TypedPayment {
  readonly account?: string;
  readonly isIncoming?: true;
  readonly counterparty: string;
  readonly text: string;
  readonly amount: string;
}

/** Makes payments on the bank's own website, one after the other. */
export async function pay(desk: Desk, ...payments: readonly TypedPayment[]): Promise<void> {
  const tab = await openBank(desk);
  for (const { account, isIncoming, counterparty, text, amount } of payments) {
    const label = account ?? 'Current Account, EUR';
    await tab.getByLabel('Account', { exact: true }).selectOption({ label });
    if (isIncoming) await tab.getByLabel('Money in').check();
    await tab.getByLabel('To or from').fill(counterparty);
    await tab.getByLabel('Text').fill(text);
    await tab.getByLabel('Amount').fill(amount);
    await tab.getByRole('button', { name: 'Make payment' }).click();
    await tab.getByText('The payment is booked.').waitFor();
    await tab.getByText(text).first().waitFor();
  }
  await closeTab(desk, tab);
}

/** Until when which accesses hold, as the bank's own page says. */
export async function consentsAtBank(desk: Desk): Promise<readonly string[]> {
  const tab = await openBank(desk);
  const texts = await tab.locator('form[action="/consents/revoke"] p').allInnerTexts();
  await tab.close();
  return texts.map((text) => /until (\S+)/.exec(text)?.[1] ?? text);
}

/** What stands on the customer's phone now, in a tab of its own: the code, or the button that approves. */
export async function onPhone<T>(
  { context, started }: Desk,
  look: (message: Locator) => Promise<T>,
): Promise<T> {
  const phone = await context.newPage();
  await phone.goto(`${started.bankUrl}/phone`);
  const answer = await look(phone.locator(`[data-customer="${kim.login}"]`));
  await phone.close();
  return answer;
}

export async function readCode(desk: Desk): Promise<string> {
  const code = await onPhone(desk, (message) => message.locator('[data-field=code]').textContent());
  if (!code) throw new Error('the bank has sent no code');
  desk.typedCodes.push(code);
  return code;
}

export async function closeTab(desk: Desk, tab: Page): Promise<void> {
  await tab.close();
  await desk.page.bringToFront();
}

/** Links an account, to a new one or to that of the book, as far back as the bank gives, and waits for the rows. */
export async function link(desk: Desk, account: string, path?: string): Promise<void> {
  const { sidebar } = desk;
  await sidebar.getByRole('button', { name: `Link ${account} to an account` }).click();
  await sidebar.getByLabel(path ?? 'A new account').check();
  await sidebar.getByLabel('As far as the bank gives').check();
  await sidebar.getByRole('button', { name: 'Link and sync' }).click();
  await sidebar.getByRole('button', { name: `Change the link of ${account}` }).waitFor();
  await sidebar.getByRole('button', { name: /^Sync .* now$/ }).waitFor();
}

/** Chooses from the menu behind the three dots of a bank. */
export async function chooseFromMenu(desk: Desk, bank: string, item: string): Promise<void> {
  const { sidebar } = desk;
  await sidebar.getByRole('button', { name: `More for ${bank}` }).click();
  await sidebar.getByRole('button', { name: item }).click();
}

/** Chooses from the menu of the book's page. */
export async function chooseFromBookMenu({ page }: Desk, item: string): Promise<void> {
  await page.getByRole('menuitem', { name: 'Bookfeed' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The rows as they stand once nothing is under way. */
export async function settledRows({ started }: Desk): Promise<readonly ShownRow[]> {
  await started.idle();
  return rowsOf(started);
}

/** Subjects of the mails on their page, the newest first. */
export async function mailsOf({ context, started }: Desk): Promise<readonly string[]> {
  const tab = await context.newPage();
  const { origin, hash } = new URL(started.url);
  await tab.goto(`${origin}/mails${hash}`);
  await tab.getByText('its mails come to this page').waitFor();
  const subjects = await tab.locator('article h2').allTextContents();
  await tab.close();
  return subjects;
}

/** As the sidebar writes days and times for this book. */
export const words = createWording(Intl.DateTimeFormat().resolvedOptions().locale, 'Europe/Berlin');
