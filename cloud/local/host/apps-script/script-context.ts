import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext, type Script } from 'node:vm';
import type { FetchNow } from './fetch-now.ts';
import { formatDate } from './format-date.ts';
import { createLockService, type DocumentLock, releaseLock } from './lock-service.ts';
import { type MakeDate, openBook } from './open-book.ts';
import { toPlainValue } from './plain-value.ts';
import { newConditionalFormatRule, newDataValidation } from './rules.ts';
import type { ScriptAnswer, ScriptCall, ScriptSettings, UiEffect } from './script-messages.ts';
import { createSheetsNow } from './sheets-now.ts';
import { createSpreadsheet } from './spreadsheet.ts';
import { deniedService, standIn } from './stand-in.ts';
import { createUi } from './ui.ts';
import { createUrlFetchApp } from './url-fetch-app.ts';

/**
 * Runs one call in a fresh world, as Apps Script does: no global outlives a call, and nothing is in reach but the
 * language itself and the services that stand in for Google's.
 */
export function runScript(
  bundle: Script,
  { from, functionName, args }: ScriptCall,
  settings: ScriptSettings,
  fetchNow: FetchNow,
  lock: DocumentLock,
): ScriptAnswer {
  const effects: UiEffect[] = [];
  const show = (effect: UiEffect) => void effects.push(effect);
  try {
    const world = createContext({});
    const makeDate: MakeDate = runInContext('(ms) => new Date(ms)', world);
    Object.assign(
      world,
      from === 'open' ? openServices(show) : allServices(settings, fetchNow, show, makeDate, lock),
    );
    bundle.runInContext(world);
    const called: unknown = Reflect.get(world, functionName);
    const isPrivate = from === 'sidebar' && functionName.endsWith('_');
    if (typeof called !== 'function' || isPrivate) {
      throw new Error(`Script function not found: ${functionName}`);
    }
    const value: unknown = called(...(from === 'open' ? [{ authMode: 'NONE' }] : args));
    // What a menu's function returns goes nowhere.
    return { ok: true, value: from === 'sidebar' ? toPlainValue(value) : null, effects };
  } catch (error) {
    return { ok: false, message: messageOf(error), effects };
  } finally {
    releaseLock(lock);
  }
}

function openServices(show: (effect: UiEffect) => void): Record<string, object> {
  const denied = ['HtmlService', 'UrlFetchApp', 'ScriptApp', 'PropertiesService'];
  return {
    SpreadsheetApp: standIn('SpreadsheetApp', { getUi: () => createUi(show, true) }),
    ...Object.fromEntries(denied.map((name) => [name, deniedService(name)])),
  };
}

function allServices(
  settings: ScriptSettings,
  fetchNow: FetchNow,
  show: (effect: UiEffect) => void,
  makeDate: MakeDate,
  lock: DocumentLock,
): Record<string, object> {
  const { addonDir, sheetsUrl, sheetsToken, spreadsheetId, identityToken } = settings;
  const sheets = createSheetsNow(fetchNow, { url: sheetsUrl, token: sheetsToken, spreadsheetId });
  const book = openBook(spreadsheetId, sheets, makeDate, show);
  const spreadsheet = createSpreadsheet(book);
  return {
    SpreadsheetApp: standIn('SpreadsheetApp', {
      getUi: () => createUi(show, false),
      getActive: () => spreadsheet,
      getActiveSpreadsheet: () => spreadsheet,
      /** Every write is made when it is called: nothing is kept back. */
      flush: () => {},
      newDataValidation: () => newDataValidation(book),
      newConditionalFormatRule,
      DeveloperMetadataVisibility: standIn('DeveloperMetadataVisibility', {
        DOCUMENT: 'DOCUMENT',
        PROJECT: 'PROJECT',
      }),
      DeveloperMetadataLocationType: standIn('DeveloperMetadataLocationType', {
        SPREADSHEET: 'SPREADSHEET',
        SHEET: 'SHEET',
        ROW: 'ROW',
        COLUMN: 'COLUMN',
      }),
    }),
    HtmlService: standIn('HtmlService', {
      createHtmlOutputFromFile: (file: string) => createHtmlOutput(addonDir, file),
    }),
    LockService: createLockService(lock),
    Utilities: standIn('Utilities', { formatDate }),
    UrlFetchApp: createUrlFetchApp(fetchNow),
    ScriptApp: standIn('ScriptApp', { getIdentityToken: () => identityToken }),
    PropertiesService: standIn('PropertiesService', {
      getScriptProperties: () =>
        standIn('Properties', {
          getProperty: (name: string) => settings.scriptProperties[name] ?? null,
        }),
    }),
  };
}

function createHtmlOutput(addonDir: string, file: string): object {
  const path = join(addonDir, `${file}.html`);
  if (!/^[\w-]+$/.test(file) || !existsSync(path)) {
    throw new Error(`No HTML file named ${file} was found.`);
  }
  let content = readFileSync(path, 'utf8');
  let title = '';
  const output: object = standIn('HtmlOutput', {
    setTitle: (text: string) => {
      title = text;
      return output;
    },
    append: (html: string) => {
      content += html;
      return output;
    },
    getTitle: () => title,
    getContent: () => content,
  });
  return output;
}

/** Errors of the script's own world are no instances of ours. */
function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
