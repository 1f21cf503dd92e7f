/**
 * The grid names its tabs by text, the spreadsheet by number. They are the same but for a tab that was made in the grid,
 * which gets a number here.
 */
export interface SheetIds {
  toServer(gridId: string): number;
  toGrid(sheetId: number): string;
}

const sheetIdMax = 2 ** 31 - 1;

export function createSheetIds(): SheetIds {
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();
  return {
    toServer: (gridId) => {
      if (/^\d+$/.test(gridId)) return Number(gridId);
      const known = numbers.get(gridId);
      if (known !== undefined) return known;
      const made = 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (sheetIdMax - 1));
      numbers.set(gridId, made);
      names.set(made, gridId);
      return made;
    },
    toGrid: (sheetId) => names.get(sheetId) ?? String(sheetId),
  };
}
