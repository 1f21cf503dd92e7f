import { acceptDrafts } from './accept-drafts.ts';
import { callCloud } from './call-cloud.ts';
import { deliverRows } from './deliver-rows.ts';
import { readBook } from './read-book.ts';
import { readScreens } from './read-screens.ts';
import { showRow } from './show-row.ts';
import { addRule, reviewDrafts, reviewRules, suggestAgain } from './suggestions.ts';

// Every export becomes a global function of the script: what the menu, Google's triggers and the sidebar call by name.
export {
  acceptDrafts,
  addRule,
  callCloud,
  deliverRows,
  readBook,
  readScreens,
  reviewDrafts,
  reviewRules,
  showRow,
  suggestAgain,
};

/** Makes the menu. Google calls it in AuthMode.NONE before the user allowed anything: it touches no other service. */
export function onOpen(_event?: unknown): void {
  const ui = SpreadsheetApp.getUi();
  ui.createAddonMenu()
    .addItem('Open Bookfeed', 'openSidebar')
    .addItem('Sync now', 'syncNow')
    .addItem('Review drafts', 'openDrafts')
    .addItem('Import a file…', 'openImport')
    .addSeparator()
    .addSubMenu(
      ui
        .createMenu('Settings')
        .addItem('Historical period…', 'openHistory')
        .addItem('Schedule…', 'openSchedule')
        .addItem('Suggestions and rules…', 'openSuggestions')
        .addItem('Members…', 'openMembers')
        .addItem('Notifications…', 'openNotifications'),
    )
    .addSeparator()
    .addItem('Help', 'showHelp')
    .addToUi();
}

/** Google calls it once after the installation, with the spreadsheet open: onOpen has not run for it. */
export function onInstall(event?: unknown): void {
  onOpen(event);
}

/** Menu: opens the sidebar, in place of one that is open. */
export function openSidebar(): void {
  SpreadsheetApp.getUi().showSidebar(sidebar());
}

/** Menu: opens the sidebar, which then asks for the sync itself and shows its progress and result from the start. */
export function syncNow(): void {
  openAt('sync');
}

/** Menu: opens the sidebar at the drafts that wait. */
export function openDrafts(): void {
  openAt('drafts');
}

/** Menu: opens the sidebar where statement files are imported. */
export function openImport(): void {
  openAt('import');
}

/** Menu: opens the sidebar where a bank is asked again for a period. */
export function openHistory(): void {
  openAt('history');
}

/** Menu: opens the sidebar where it is set how often a bank is synced. */
export function openSchedule(): void {
  openAt('schedule');
}

/** Menu: opens the sidebar at how sure suggestions must be, and at the rules. */
export function openSuggestions(): void {
  openAt('rules');
}

/** Menu: opens the sidebar at the people of the book. */
export function openMembers(): void {
  openAt('members');
}

/** Menu: opens the sidebar where the user chooses which mails come. */
export function openNotifications(): void {
  openAt('mails');
}

/** Menu: what Bookfeed does, in a few sentences. */
export function showHelp(): void {
  SpreadsheetApp.getUi().alert(help);
}

/** Read by main.tsx; a mark in the page, since nothing else of this call outlives it. */
function openAt(start: string): void {
  const page = sidebar().append(`<meta name="bookfeed-start" content="${start}">`);
  SpreadsheetApp.getUi().showSidebar(page);
}

function sidebar(): GoogleAppsScript.HTML.HtmlOutput {
  return HtmlService.createHtmlOutputFromFile('sidebar').setTitle('Bookfeed');
}

const help = `Bookfeed brings the entries of your bank accounts into this spreadsheet.

1. Open Bookfeed and choose Connect a bank. With open banking you log in at your bank, and Bookfeed never sees that \
login. With direct access you give Bookfeed your login; it keeps it encrypted and uses it for nothing but reading.
2. Link each bank account to an account of this book, and choose from which day on it makes rows.
3. New entries appear as drafts in the Transactions tab. Change what is not right, then tick ✓ to post a row.
4. Bookfeed learns from each row that you post and suggests counter-accounts; Review drafts shows why, and posts many at \
once.

Where a bank gives no more, or nothing at all, Import a file takes its statements: CSV, Excel, OFX, MT940 and others.

Bookfeed syncs by itself every few hours; Sync now asks the bank at once. Settings has the historical period, the \
schedule, suggestions and rules, members and mails. Bookfeed never changes what you typed, and a row that you delete does not come back.`;
