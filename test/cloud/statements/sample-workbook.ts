/** A workbook as a reader of tests sees it; written in each format by write-xlsx.ts and write-xls.ts. */
export interface SampleWorkbook {
  /** Day 0 is in 1904, as on early Macs. */
  readonly is1904?: boolean;
  readonly sheets: readonly SampleSheet[];
}

export interface SampleSheet {
  readonly isHidden?: boolean;
  readonly rows: readonly (readonly SampleCell[])[];
}

/** A day may have a time (a fraction); what a formula gives is held beside it. */
export type SampleCell =
  | string
  | number
  | boolean
  | null
  | { readonly day: string; readonly time?: number }
  | { readonly formula: string | number };

/** The number that a sheet holds for a day. */
export function serialOf(
  { day, time = 0 }: { day: string; time?: number },
  is1904 = false,
): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  const days = (ms - Date.UTC(1899, 11, 30)) / 86_400_000;
  // 1900 was no leap year, but sheets say so.
  const serial = is1904 ? days - 1462 : days < 61 ? days - 1 : days;
  return serial + time;
}
