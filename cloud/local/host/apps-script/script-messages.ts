/** A menu as onOpen builds it. */
export type MenuEntry =
  | { readonly kind: 'item'; readonly caption: string; readonly functionName: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'menu'; readonly caption: string; readonly entries: readonly MenuEntry[] };

/** What a script did to the page, in the order in which it did it; a selection without range is that of a tab. */
export type UiEffect =
  | { readonly kind: 'menu'; readonly title: string; readonly entries: readonly MenuEntry[] }
  | { readonly kind: 'sidebar'; readonly html: string; readonly title: string }
  | { readonly kind: 'alert'; readonly title: string; readonly text: string }
  | { readonly kind: 'selection'; readonly sheetId: number; readonly range?: SelectedRange };

/** A range of a tab as Apps Script names it: rows and columns count from 1. */
export interface SelectedRange {
  readonly row: number;
  readonly column: number;
  readonly numRows: number;
  readonly numColumns: number;
}

/**
 * Who calls. `open` is onOpen when the spreadsheet opens: Apps Script's AuthMode.NONE, in which nothing but the menu is
 * allowed. `menu` is an item of the menu; `sidebar` is google.script.run, which may not call names ending in `_`.
 */
export type CalledFrom = 'open' | 'menu' | 'sidebar';

/** One call of a function of the bundle. */
export interface ScriptCall {
  readonly from: CalledFrom;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** `value` is null where the function returns nothing. What a failed call did to the page before it failed stands too. */
export type ScriptAnswer =
  | { readonly ok: true; readonly value: unknown; readonly effects: readonly UiEffect[] }
  | { readonly ok: false; readonly message: string; readonly effects: readonly UiEffect[] };

/** In whose name a call is made, and where. */
export interface ScriptSettings {
  /** Folder of code.js and the HTML files. */
  readonly addonDir: string;
  readonly sheetsUrl: string;
  readonly sheetsToken: string;
  readonly spreadsheetId: string;
  readonly identityToken: string;
  readonly scriptProperties: Readonly<Record<string, string>>;
}

/** A request that the worker waits for while the main thread makes it. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type HttpReply =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false };
