import type { Spreadsheet } from './spreadsheet.ts';
import { describeChange, type SpreadsheetChange } from './spreadsheet-change.ts';

type Listener = (change: SpreadsheetChange) => void;

/** Those who hear of the writes to spreadsheets. */
export interface Listeners {
  subscribe(spreadsheetId: string, listener: Listener): () => void;
  tell(before: Spreadsheet, after: Spreadsheet, origin: string): void;
}

/** A listener that throws keeps neither the others from hearing nor the write from being answered. */
export function createListeners(onDefect: (error: unknown) => void): Listeners {
  const bySpreadsheet = new Map<string, Set<Listener>>();
  return {
    subscribe: (spreadsheetId, listener) => {
      const there = bySpreadsheet.get(spreadsheetId) ?? new Set();
      bySpreadsheet.set(spreadsheetId, there.add(listener));
      return () => {
        const isLast = there.delete(listener) && there.size === 0;
        if (isLast) bySpreadsheet.delete(spreadsheetId);
      };
    },
    tell: (before, after, origin) => {
      const listeners = bySpreadsheet.get(after.id);
      if (!listeners) return;
      const change = describeChange(before, after, origin);
      for (const listener of [...listeners]) {
        try {
          listener(change);
        } catch (error) {
          onDefect(error);
        }
      }
    },
  };
}
