import type { PageEffect, PageScriptAnswer } from '../page-api.ts';
import { showAlert } from './alert-dialog.ts';
import { startBookSync } from './book-sync.ts';
import { elementOf } from './elements.ts';
import { createGrid } from './grid/grid.ts';
import { selectRange } from './grid/select-range.ts';
import { toWorkbook } from './grid/to-workbook.ts';
import { createHostClient, HostRefused, HostUnreachable, takeToken } from './host-client.ts';
import { addMenu } from './menu-bar.ts';
import { showNotice } from './notice.ts';
import type { SaveState } from './save-queue.ts';
import { createSidebar } from './sidebar.ts';

const saveTexts: Readonly<Record<SaveState, string>> = {
  saved: 'Saved',
  saving: 'Saving…',
  waiting: 'Not saved yet: waiting for Bookfeed',
};

async function openPage(token: string): Promise<void> {
  const host = createHostClient(token);
  const state = await host.readBook();
  setTitle(state.spreadsheet.properties?.title ?? '');
  elementOf('loading').remove();
  const locale = state.spreadsheet.properties?.locale ?? 'en_US';
  const grid = createGrid(elementOf('grid'), toWorkbook(state.spreadsheet), locale);
  const focusGrid = () => grid.api.getActiveWorkbook()?.getActiveSheet().activate();
  startBookSync(grid, host, state, showSaveState, ({ properties }) =>
    setTitle(properties?.title ?? ''),
  );

  const sidebar = createSidebar(async (functionName, args) => {
    const answer = await host.runScript({ from: 'sidebar', functionName, args });
    showEffects(answer);
    return answer;
  }, focusGrid);

  function showEffects({ effects }: PageScriptAnswer): void {
    for (const effect of effects) showEffect(effect);
  }
  function showEffect(effect: PageEffect): void {
    if (effect.kind === 'menu') addMenu(effect.title, effect.entries, runItem);
    else if (effect.kind === 'sidebar') sidebar.open(effect.url, effect.title);
    else if (effect.kind === 'selection') selectRange(grid, effect);
    else showAlert(effect.title, effect.text);
  }
  async function runItem(functionName: string): Promise<void> {
    try {
      const answer = await host.runScript({ from: 'menu', functionName, args: [] });
      showEffects(answer);
      if (!answer.ok) showNotice(answer.message);
    } catch (error) {
      if (!(error instanceof HostRefused || error instanceof HostUnreachable)) throw error;
      showNotice(error.message);
    }
  }

  const menus = await host.openMenus();
  showEffects(menus);
  if (!menus.ok) showNotice(menus.message);
  // Who opens this page came for the add-on; Google Sheets waits for a choice from the menu.
  if (offers(menus.effects, sidebarFunction)) await runItem(sidebarFunction);
}

/** The function of the add-on that opens its sidebar. */
const sidebarFunction = 'openSidebar';

function offers(effects: readonly PageEffect[], functionName: string): boolean {
  return effects.some(
    (effect) =>
      effect.kind === 'menu' &&
      effect.entries.some(
        (entry) => 'functionName' in entry && entry.functionName === functionName,
      ),
  );
}

function setTitle(title: string): void {
  elementOf('title').textContent = title;
  document.title = title;
}

function showSaveState(state: SaveState): void {
  elementOf('save-state').textContent = saveTexts[state];
}

async function start(): Promise<void> {
  const token = takeToken();
  try {
    if (token === null) throw new HostRefused('Open the address that npm start has printed.');
    await openPage(token);
  } catch (error) {
    if (!(error instanceof HostRefused || error instanceof HostUnreachable)) throw error;
    document.querySelector('#loading')?.replaceChildren(error.message);
    showNotice(error.message);
  }
}

void start();
