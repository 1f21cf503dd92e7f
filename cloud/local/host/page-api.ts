import type { sheets_v4 } from '@googleapis/sheets';
import type { MenuEntry, ScriptAnswer, UiEffect } from './apps-script/script-messages.ts';

/** What the book's page and its host say to each other. */

/** Answer of `GET /book/state`: the spreadsheet, and the order of rows and columns that its positions belong to. */
export interface BookState {
  readonly structure: string;
  readonly spreadsheet: sheets_v4.Schema$Spreadsheet;
  /** Tabs of which only the first rows are told, and how many they have. */
  readonly cut: readonly {
    readonly sheetId: number;
    readonly title: string;
    readonly rows: number;
    readonly shown: number;
  }[];
}

/** Body of `POST /book/changes`: changes made on the rows and columns of `structure`; all happen, or none. */
export interface BookChange {
  /** Of this change alone, also when it is sent again. */
  readonly id: string;
  /** Sent before, without an answer. */
  readonly isAgain: boolean;
  readonly structure: string;
  readonly requests: readonly sheets_v4.Schema$Request[];
}

/** Answer of `POST /book/changes`. */
export type ChangeResult =
  | { readonly kind: 'saved'; readonly structure: string }
  /** The spreadsheet does not take it, for the reason in `message`. Nothing is changed. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Another window has moved rows or columns since: it would hit others. Nothing is changed. */
  | { readonly kind: 'stale' }
  /** It moves rows or columns, was sent before, and the host has been started anew since: it may have happened. */
  | { readonly kind: 'unknown' };

/** One item of the body of `POST /book/formula-values`: what the grid computed for a cell that holds this formula. */
export interface FormulaValue {
  readonly sheetId: number;
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly formulaValue: string;
  readonly effectiveValue: ComputedValue;
}

export type ComputedValue =
  | { readonly numberValue: number }
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly errorValue: { readonly type: FormulaErrorType; readonly message: string } };

export type FormulaErrorType =
  | 'ERROR'
  | 'NULL_VALUE'
  | 'DIVIDE_BY_ZERO'
  | 'VALUE'
  | 'REF'
  | 'NAME'
  | 'NUM'
  | 'N_A';

/** What a function of the add-on did to the page; a sidebar comes as the address of its HTML. */
export type PageEffect =
  | Exclude<UiEffect, { kind: 'sidebar' }>
  | { readonly kind: 'sidebar'; readonly url: string; readonly title: string };

type WithPageEffects<T> = T extends unknown
  ? Omit<T, 'effects'> & { readonly effects: readonly PageEffect[] }
  : never;

/** Answer of `GET /script/menu`, which opens the spreadsheet for the add-on, and of `POST /script/call`. */
export type PageScriptAnswer = WithPageEffects<ScriptAnswer>;

/** Body of `POST /script/call`. */
export interface PageScriptCall {
  readonly from: 'menu' | 'sidebar';
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** Answer of `GET /mails/list`. */
export interface MailList {
  /** Where mails go by SMTP; null where they are only kept, to be looked at. */
  readonly sentTo: string | null;
  /** Newest first. */
  readonly mails: readonly ShownMail[];
}

export interface ShownMail {
  /** ISO UTC. */
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Body of every answer that is no success: `message` is for the user. */
export interface Refusal {
  readonly message: string;
}

/** From the sidebar's google.script to the page around it. `id` comes back with the result. */
export type SidebarMessage =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly functionName: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'close' }
  | { readonly kind: 'focus-editor' };

/** From the page to the sidebar. */
export type SidebarReply =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly error: 'ScriptError' | 'NetworkError';
      readonly message: string;
    };

export type { MenuEntry };
