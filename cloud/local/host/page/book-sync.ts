import type { sheets_v4 } from '@googleapis/sheets';
import type { BookState } from '../page-api.ts';
import { watchFormulaResults } from './grid/formula-results.ts';
import type { Grid } from './grid/grid.ts';
import { highlightRows } from './grid/highlight.ts';
import { applySpreadsheet } from './grid/incoming.ts';
import { createKnownRows } from './grid/known-rows.ts';
import { watchEdits } from './grid/outgoing.ts';
import { createSheetIds } from './grid/sheet-ids.ts';
import { idOf, rowsOf } from './grid/to-workbook.ts';
import { type HostClient, HostRefused, HostUnreachable } from './host-client.ts';
import { hideNotice, showNotice } from './notice.ts';
import { createSaveQueue, type Loss, type SaveState } from './save-queue.ts';

/** Results of formulas that are reported at once, and how long to wait for more of them. */
const reportMax = 1000;
const reportAfterMs = 300;
const readAgainMs = 2000;
/** A reading of a book of usual length takes less. */
const slowMs = 500;

const lossTexts: Readonly<Record<Loss['kind'], string>> = {
  refused: 'Your last change was not saved',
  stale:
    'Rows or columns were moved in another window, so your last change was not saved. Please make it again.',
  unknown:
    'Bookfeed was restarted while rows or columns were moving. Please check whether your last change is there.',
};

/**
 * Keeps grid and spreadsheet the same: the user's edits go out in order; what others change comes in while no edit of
 * the user is on its way, so that neither is lost.
 */
export function startBookSync(
  grid: Grid,
  host: HostClient,
  opened: BookState,
  onSaveState: (state: SaveState) => void,
  onRead: (spreadsheet: sheets_v4.Schema$Spreadsheet) => void,
): void {
  const ids = createSheetIds();
  const known = createKnownRows();
  for (const sheet of opened.spreadsheet.sheets ?? [])
    known.takeChanged(idOf(sheet), rowsOf(sheet));
  const told = new Set<number>();
  tellCut(opened);
  let structure = opened.structure;
  let isReading = false;
  let isReadAgain = false;
  /** The host is gone. */
  let isLost = false;
  /** The host is there, and could not read the spreadsheet. */
  let isTroubled = false;
  let reportTimer: ReturnType<typeof setTimeout> | undefined;

  const queue = createSaveQueue(
    async (change) => {
      const result = await host.changeBook({ ...change, structure });
      if (result.kind === 'saved') structure = result.structure;
      return result;
    },
    (state) => {
      onSaveState(state);
      if (state === 'saved' && isReadAgain) void read();
    },
    (loss) => {
      const reason = loss.kind === 'refused' ? `: ${loss.message}` : '';
      showNotice(lossTexts[loss.kind] + reason);
      isReadAgain = true;
    },
  );

  /** Reads until what it has read is newer than every edit of the user. */
  async function read(): Promise<void> {
    isReadAgain = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isReadAgain && queue.state() === 'saved') {
        isReadAgain = false;
        const count = queue.count();
        const began = performance.now();
        const state = await host.readBook();
        // The edit of a change that was made just now would say what the reading has made of it.
        edits.flush();
        if (queue.count() !== count) isReadAgain = true;
        else if (state.structure !== structure && grid.isEditing()) {
          // What is being typed stands in a row that may be another one now: as an edit it will be found stale.
          isReadAgain = true;
          setTimeout(() => void read(), readAgainMs);
          break;
        } else take(state);
        // What changes all the time, as many rows do that come in parts, leaves time for everything else.
        const tookMs = performance.now() - began;
        if (tookMs > slowMs) await new Promise((resolve) => setTimeout(resolve, 2 * tookMs));
      }
      if (isTroubled) hideNotice();
      isTroubled = false;
    } catch (error) {
      if (!(error instanceof HostUnreachable || error instanceof HostRefused)) throw error;
      isReadAgain = true;
      // The stream of changes begins anew when the host is back, and with it the reading.
      if (isLost) return;
      isTroubled = true;
      showNotice(error.message);
      setTimeout(() => void read(), readAgainMs);
    } finally {
      isReading = false;
    }
  }

  function take(state: BookState): void {
    // Rows or columns are not where they were when the user changed them: an undo would write over others.
    if (state.structure !== structure) grid.forgetUndo();
    structure = state.structure;
    tellCut(state);
    const arrivals = applySpreadsheet(grid, ids, known, state.spreadsheet);
    highlightRows(grid, arrivals);
    onRead(state.spreadsheet);
  }

  /** Once for each tab that has more rows than this page shows. */
  function tellCut({ cut }: BookState): void {
    const [tab] = cut.filter(({ sheetId }) => !told.has(sheetId));
    for (const { sheetId } of cut) told.add(sheetId);
    if (!tab) return;
    const shown = tab.shown.toLocaleString();
    const text = `This page shows the first ${shown} rows of ${tab.title}: the others are kept, too.`;
    showNotice(text, { forMs: 20_000 });
  }

  const results = watchFormulaResults(grid, ids, () => {
    clearTimeout(reportTimer);
    reportTimer = setTimeout(() => void reportResults(), reportAfterMs);
  });

  /** After the formulas themselves: the result of one that is not there yet would be passed over. */
  async function reportResults(): Promise<void> {
    if (queue.state() !== 'saved') {
      reportTimer = setTimeout(() => void reportResults(), reportAfterMs);
      return;
    }
    for (let some = results.take(reportMax); some.length > 0; some = results.take(reportMax)) {
      try {
        await host.reportFormulaValues(some);
      } catch (error) {
        // They are computed and reported again when the page is loaded.
        if (!(error instanceof HostUnreachable || error instanceof HostRefused)) throw error;
      }
    }
  }

  const edits = watchEdits(grid, ids, known, queue.add, () => {
    showNotice('This is not available here: the spreadsheet could not keep it.', { forMs: 6000 });
  });
  void host.watchBook(
    () => {
      if (isLost) hideNotice();
      isLost = false;
      void read();
    },
    () => {
      isLost = true;
      showNotice(
        'Bookfeed is not running. Start it again with npm start; what you type is kept here and saved then.',
      );
    },
  );
  window.addEventListener('beforeunload', (event) => {
    edits.flush();
    if (queue.state() !== 'saved') event.preventDefault();
  });
}
