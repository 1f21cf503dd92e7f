import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { OAuth2Client } from 'google-auth-library';
import { createGoogleSheets } from '../../cloud/adapters/google-sheets.ts';
import { toSnapshot } from '../../cloud/core/deliver-by-addon.ts';
import {
  createScriptCalls,
  type ScriptCalls,
} from '../../cloud/local/host/apps-script/script-calls.ts';
import type { Sheet } from '../../cloud/ports/sheet.ts';
import type { BookReading } from '../../shared/delivery.ts';
import { FailureError } from '../../shared/failures.ts';
import { createGoogleHand } from '../cloud/adapters/google-sheets-hand.ts';
import { type SheetsAtWork, startSheets } from '../cloud/local/sheets/sheets-at-work.ts';
import { sheetContract } from '../contract/sheet.ts';

// What the add-on reads and writes keeps the promises of what the cloud reads and writes.
sheetContract('the add-on in the stand-in for Apps Script', async () => {
  const works = await startSheets(null);
  const addonDir = await mkdtemp(join(tmpdir(), 'bookfeed-addon-sheet-'));
  await writeFile(join(addonDir, 'code.js'), await bundleProbe());
  const scripts = new Map<string, ScriptCalls>();
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: works.token });
  const google = createGoogleSheets({ auth, rootUrl: works.url, clock: createTicks() });
  const sheet = createAddonSheet(google, (id) => {
    const calls = scripts.get(id) ?? scriptsOf(works, addonDir, id);
    scripts.set(id, calls);
    return calls;
  });
  return {
    sheet,
    createSpreadsheet: ({ tabs, ...properties } = {}) =>
      works.create({
        properties,
        ...(tabs && { sheets: tabs.map((title) => ({ properties: { title } })) }),
      }),
    handIn: (id, tab) => createGoogleHand(works, google, id, tab),
    share: (id, as) =>
      as === 'deleted' ? works.server.remove(id) : works.server.setAccess(id, as),
    close: async () => {
      await Promise.all([...scripts.values()].map((it) => it.close()));
      await works.close();
      await rm(addonDir, { recursive: true });
    },
  };
});

/** The add-on's own reading and writing as functions to be called, built as the add-on is. */
async function bundleProbe(): Promise<string> {
  const contents = `
    import { readWholeBook } from './read-whole-book.ts';
    import { writeChanges } from './write-changes.ts';
    export const probeRead = () => readWholeBook().reading;
    export const probeWrite = (changes) => writeChanges(readWholeBook(), changes);
  `;
  const resolveDir = join(import.meta.dirname, '../../addon/server');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'probe',
    target: 'es2019',
    footer: { js: 'var { probeRead, probeWrite } = probe;' },
  });
  return outputFiles[0]?.text ?? '';
}

function scriptsOf(works: SheetsAtWork, addonDir: string, spreadsheetId: string): ScriptCalls {
  return createScriptCalls({
    addonDir,
    sheetsUrl: works.url,
    sheetsToken: works.token,
    spreadsheetId,
    identityToken: '',
    scriptProperties: {},
  });
}

/** One writing at a time and no batch twice: what lease and plan see to before the add-on writes. */
function createAddonSheet(google: Sheet, scriptsOf: (id: string) => ScriptCalls): Sheet {
  let last: Promise<unknown> = Promise.resolve();
  async function run(id: string, functionName: string, ...args: unknown[]): Promise<unknown> {
    const answer = await scriptsOf(id).run({ from: 'sidebar', functionName, args });
    if (!answer.ok) throw toFailureError(answer.message);
    return answer.value;
  }
  const readBook: Sheet['readBook'] = async (id) =>
    toSnapshot((await run(id, 'probeRead')) as BookReading);
  return {
    readBook,
    writeBook: (id, snapshot, changes) => {
      const write = async () => {
        const { deliveredBatches } = await readBook(id);
        const known = changes.batchIds.filter((it) => deliveredBatches.includes(it));
        if (known.length > 0 && known.length === changes.batchIds.length) return;
        if (known.length > 0) throw new FailureError('sheet-unavailable');
        await run(id, 'probeWrite', google.spellChanges(snapshot, changes));
      };
      const mine = last.then(write, write);
      last = mine;
      return mine;
    },
    spellChanges: google.spellChanges,
    hasProof: google.hasProof,
  };
}

function toFailureError(message: string): FailureError {
  if (message.includes('does not have permission')) return new FailureError('sheet-not-writable');
  if (message.includes('not found')) return new FailureError('sheet-gone');
  return new FailureError('sheet-unavailable', message);
}

/** Instants a second apart. */
function createTicks() {
  let ticks = 0;
  return { now: () => new Date(Date.UTC(2026, 2, 1) + 1000 * ticks++).toISOString() };
}
