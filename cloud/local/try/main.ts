import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../../adapters/system-clock.ts';
import { createConnectors, ProviderSettingsError } from '../../connectors/providers.ts';
import { readStatementFile } from '../../statements/read-statement-file.ts';
import { listen, PortTaken } from '../listen.ts';
import { launch, launchPuppeteer } from '../start-bank.ts';
import { createRecorder } from './record-calls.ts';
import { createScrubber } from './scrub.ts';
import { openTerminal } from './terminal.ts';
import { type WayBack, walkConnector } from './walk-connector.ts';

const usage = `Usage: npm run try -- CONNECTOR [--days N] [--port N] [--redirect URL]
       npm run record -- CONNECTOR CASE [the same]
Connects one real bank through a connector that is set up (docs/BANKS.md), reads its accounts and entries, gives the
permission back, and prints a report without personal data. 'record' also writes the bank's answers, scrubbed, to
test/fixtures/recorded/CONNECTOR/CASE.json: look at the file before you share it.
  --days      how far back entries are asked for, 90 unless told
  --port      at which your browser comes back, 4747 unless told
  --redirect  the address that is registered at the provider, where it is another than http://127.0.0.1:PORT/connect/callback;
              you are then asked to paste the address at which your browser ends`;

function fail(line: string): never {
  process.stderr.write(`${line}\n${usage}\n`);
  process.exit(1);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        record: { type: 'boolean', default: false },
        days: { type: 'string', default: '90' },
        port: { type: 'string', default: '4747' },
        redirect: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const [id, recordAs] = positionals;
    const [days, port] = [Number(values.days), Number(values.port)];
    if (values.help) return null;
    if (!id) return fail('Which connector?');
    if (!Number.isInteger(days) || days < 1)
      return fail(`--days ${values.days}: a number from 1 on.`);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return fail(`--port ${values.port}: no port.`);
    if (values.record && !/^[a-z0-9-]{1,60}$/.test(recordAs ?? '')) {
      return fail('What is the case called? Letters a to z, digits and hyphens.');
    }
    const { redirect } = values;
    return { id, days, port, ...(redirect && { redirect }), ...(values.record && { recordAs }) };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The user's browser comes back to a page of ours, or its address is pasted. */
async function openWayBack(port: number, redirect: string | undefined) {
  const state = randomBytes(16).toString('hex');
  let arrive: (query: Record<string, string>) => void = () => {};
  const queryOf = (url: URL) => {
    const { state: told, ...query } = Object.fromEntries(url.searchParams);
    return told === state ? query : undefined;
  };
  const server = await listen((request) => {
    const query = queryOf(new URL(request.url));
    if (!query) return new Response('Not what is waited for.\n', { status: 404 });
    arrive(query);
    return new Response('Done: go on in the terminal.\n');
  }, port);
  const wayBack: WayBack = {
    redirectUrl: `${redirect ?? `${server.url}/connect/callback`}?state=${state}`,
    async returned(given) {
      const came = new Promise<Record<string, string>>((resolve) => {
        arrive = resolve;
      });
      const pasted = given.then((text) => (URL.canParse(text) && queryOf(new URL(text))) || {});
      return Promise.race([came, pasted]);
    },
  };
  return { wayBack, close: server.close };
}

const asked = readArguments();
if (!asked) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const { id, days, port, redirect, recordAs } = asked;
const weeks = (randomBytes(1)[0] ?? 0) - 128;
const recorder = createRecorder(fetch, createScrubber(randomBytes(32), weeks));
const terminal = openTerminal();
try {
  const parts = {
    fetch: recorder.fetch,
    clock: systemClock,
    launch,
    launchPuppeteer,
    readStatementFile,
  };
  const { connectors, unset } = createConnectors(process.env, parts);
  const connector = connectors.find((it) => it.id === id);
  if (!connector) {
    const known = unset.find((it) => it.id === id);
    const ids = [...connectors, ...unset].map((it) => it.id).join(', ');
    fail(
      known ? `${id} needs ${known.settings.join(', ')} (docs/BANKS.md).` : `Connectors: ${ids}.`,
    );
  }
  const { wayBack, close } = await openWayBack(port, redirect);
  const wait = (seconds: number) => sleep(seconds * 1_000).then(() => {});
  const walk = { connector, terminal, wayBack, clock: systemClock, days, wait };
  const report = await walkConnector(walk);
  await close();
  await connector.close?.();
  terminal.say(`\nThe report, without personal data:\n${JSON.stringify(report, null, 2)}`);
  if (recordAs) {
    const folder = join('test/fixtures/recorded', id);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${recordAs}.json`);
    await writeFile(path, `${JSON.stringify({ report, calls: recorder.calls }, null, 2)}\n`);
    terminal.say(
      `${recorder.calls.length} answers, scrubbed: ${path}. Look at it before you share it.`,
    );
  }
} catch (error) {
  const told = [ProviderSettingsError, PortTaken];
  if (told.some((kind) => error instanceof kind)) fail((error as Error).message);
  throw error;
} finally {
  terminal.close();
}
