import type { Sheet } from '../../../cloud/ports/sheet.ts';
import { sheetContract } from '../../contract/sheet.ts';
import { createMemorySheet } from './memory-sheet.ts';
import { createMemoryHand } from './memory-sheet-hand.ts';

sheetContract('a spreadsheet in memory', async () => {
  const byId = new Map<string, ReturnType<typeof createMemorySheet>>();
  const at = (id: string) => {
    const found = byId.get(id);
    if (!found) throw new Error('there is no such spreadsheet');
    return found;
  };
  const sheet: Sheet = {
    readBook: (id) => at(id).port.readBook(id),
    writeBook: (id, ...rest) => at(id).port.writeBook(id, ...rest),
    spellChanges: createMemorySheet().port.spellChanges,
    hasProof: (id, proof) => at(id).port.hasProof(id, proof),
  };
  return {
    sheet,
    createSpreadsheet: async ({ tabs = ['Sheet1'], title = '', locale = 'en_US' } = {}) => {
      const id = `book-${byId.size + 1}`;
      byId.set(id, createMemorySheet());
      Object.assign(at(id).state, { title, locale, otherTitles: [...tabs] });
      return id;
    },
    handIn: (id, tab) => createMemoryHand(at(id).state, tab),
    share: async (id, access) => {
      at(id).state.access = access;
    },
    close: async () => {},
  };
});
