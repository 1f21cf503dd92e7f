import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium, screenshot } from './chromium.ts';
import { type Desk, settledRows, withDesk } from './desk.ts';

/** Day or month first: nothing in it tells. */
const wallet = `Date,Description,Amount
03/01/2026,Cafe Morgenrot,-6.40
05/01/2026,Muster AG salary,1500.00
07/02/2026,Stadtwerke Nord,-54.50
`;

const salary = entry('20260131', '1500.00', 'g2', 'Muster AG');
const winter = statement('2093.60', entry('20260105', '-6.40', 'g1', 'Cafe Morgenrot'), salary);
const later = statement('2039.10', salary, entry('20260207', '-54.50', 'g3', 'Stadtwerke Nord'));

/** The first entry of winter.ofx, as the bank's other format tells it. */
const january = `:20:STMT
:25:12030000/0000202051
:28C:1/1
:60F:C251231EUR600,00
:61:2601050105D6,40NMSCNONREF
:86:Cafe Morgenrot
:62F:C260105EUR593,60
-
`;

let browser: Browser | null = null;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

test('files of any kind fill a book without a bank, each entry once, and can be taken back', async () => {
  if (!browser) return;
  await withDesk(browser, {}, async (desk) => {
    const { page, sidebar } = desk;
    await screenshot(page, 'import-1-start');
    await sidebar.getByRole('button', { name: 'Import a file' }).click();
    await choose(desk, { 'wallet.csv': wallet, 'winter.ofx': winter });
    const csv = card(desk, 'wallet.csv');
    await csv.getByText('07/02/2026 is 7 February 2026').waitFor();
    await screenshot(page, 'import-2-question');
    await csv.getByLabel('Day first').check();
    await csv.getByRole('button', { name: 'Go on' }).click();
    await putInto(desk, 'wallet.csv', 'Wallet');
    await putInto(desk, 'winter.ofx', 'Giro');
    await screenshot(page, 'import-3-ready');
    await sidebar.getByRole('button', { name: 'Import 5 entries' }).click();
    await csv.getByText('3 new.').waitFor();
    await card(desk, 'winter.ofx').getByText('2 new.').waitFor();
    await screenshot(page, 'import-4-done');
    const rows = await settledRows(desk);
    expect(rows.map(({ account, amount }) => [account, amount])).toEqual(
      expect.arrayContaining([
        ['Assets:Giro', -6.4],
        ['Assets:Giro', 1500],
        ['Assets:Wallet', -6.4],
        ['Assets:Wallet', 1500],
        ['Assets:Wallet', -54.5],
      ]),
    );
    expect(rows).toHaveLength(5);
    await sidebar.getByRole('button', { name: 'Back' }).click();
    const files = sidebar.getByRole('article', { name: 'From files' });
    await files.getByText('€2,093.60').waitFor();
    await files.getByText('ties').waitFor();
    await files.getByRole('button', { name: 'Import a file' }).click();
    await overlap(desk);
    expect(await settledRows(desk)).toEqual(rows);
    await sidebar.getByRole('button', { name: 'Back' }).click();
    await sidebar.getByRole('button', { name: 'Back' }).click();
    await files.getByText('Assets:Giro').waitFor();
    await files.getByText('Assets:Wallet').waitFor();
    await screenshot(page, 'import-6-from-files');
  });
}, 90_000);

/** What tells entries again brings the others alone; an undo takes these back. */
async function overlap(desk: Desk): Promise<void> {
  const { page, sidebar } = desk;
  await choose(desk, { 'january.sta': january, 'later.ofx': later });
  await card(desk, 'january.sta').getByText('Nothing new · 1 already there').waitFor();
  const ofx = card(desk, 'later.ofx');
  await ofx.getByText('1 new · 1 already there').waitFor();
  await ofx.getByText('To Assets:Giro').waitFor();
  await sidebar.getByRole('button', { name: 'Import 1 entry' }).click();
  await ofx.getByText('1 new.').waitFor();
  expect((await settledRows(desk)).at(-1)).toMatchObject({ account: 'Assets:Giro', amount: -54.5 });
  await screenshot(page, 'import-5-overlap');
  await ofx.getByRole('button', { name: 'Undo' }).click();
  await sidebar.getByText('Takes 1 row away.').last().waitFor();
  await sidebar.getByRole('button', { name: 'Undo now' }).click();
  await sidebar.getByRole('heading', { name: 'This import is undone' }).waitFor();
}

const card = ({ sidebar }: Desk, name: string) =>
  sidebar.getByRole('listitem').filter({ has: sidebar.getByRole('heading', { name }) });

async function choose({ sidebar }: Desk, files: Readonly<Record<string, string>>): Promise<void> {
  const chosen = Object.entries(files).map(([name, text]) => ({
    name,
    mimeType: '',
    buffer: Buffer.from(text),
  }));
  await sidebar.getByLabel('Choose files').setInputFiles(chosen);
}

async function putInto(desk: Desk, name: string, account: string): Promise<void> {
  const of = card(desk, name);
  await of.getByLabel('A new account').check();
  await of.getByLabel('Name').fill(account);
  await of.getByRole('button', { name: 'Use this account' }).click();
  await of.getByText(`To Assets:${account}`).waitFor();
}

function entry(day: string, amount: string, id: string, name: string): string {
  return `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}<TRNAMT>${amount}<FITID>${id}<NAME>${name}</STMTTRN>`;
}

function statement(balance: string, ...entries: readonly string[]): string {
  return `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>12030000<ACCTID>0000202051<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>${entries.join('\n')}</BANKTRANLIST>
<LEDGERBAL><BALAMT>${balance}<DTASOF>20260228</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`;
}
