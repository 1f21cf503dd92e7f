import { callCloud } from './call-cloud.ts';
import { deliverRows } from './deliver-rows.ts';
import { readBook } from './read-book.ts';
import { showRow } from './show-row.ts';

// Every export becomes a global function of the script: what the menu, Google's triggers and the sidebar call by name.
export { callCloud, deliverRows, readBook, showRow };

/** Makes the menu. Google calls it in AuthMode.NONE before the user allowed anything: it touches no other service. */
export function onOpen(_event?: unknown): void {
  SpreadsheetApp.getUi()
    .createAddonMenu()
    .addItem('Open Bookfeed', 'openSidebar')
    .addItem('Sync now', 'syncNow')
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
  // Read by main.tsx; a mark in the page, since nothing else of this call outlives it.
  SpreadsheetApp.getUi().showSidebar(
    sidebar().append('<meta name="bookfeed-start" content="sync">'),
  );
}

/** Menu: what Bookfeed does, in a few sentences. */
export function showHelp(): void {
  SpreadsheetApp.getUi().alert(help);
}

function sidebar(): GoogleAppsScript.HTML.HtmlOutput {
  return HtmlService.createHtmlOutputFromFile('sidebar').setTitle('Bookfeed');
}

const help = `Bookfeed brings the entries of your bank accounts into this spreadsheet.

1. Open Bookfeed and choose Connect a bank. You log in at your bank; Bookfeed never sees that login.
2. Link each bank account to an account of this book, and choose from which day on it makes rows.
3. New entries appear as drafts in the Transactions tab. Change what is not right, then tick ✓ to post a row.

Bookfeed syncs by itself every few hours; Sync now asks the bank at once. It never changes what you typed, and a row \
that you delete does not come back.`;
