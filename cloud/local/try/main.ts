import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf } from '../../../shared/calendar-date.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { createConnectors, ProviderSettingsError } from '../../connectors/providers.ts';
import { createTlsFetch } from '../../connectors/tls-fetch.ts';
import { readStatementFile } from '../../statements/read-statement-file.ts';
import { listen, PortTaken } from '../listen.ts';
import { fail, readArguments } from '../read-arguments.ts';
import { launch, launchPuppeteer } from '../start-bank.ts';
import { makeRecording, NotRecordable, type WalkToRecord } from './make-recording.ts';
import { createRecorder } from './record-walk.ts';
import { reportWalk } from './report-walk.ts';
import { randomDisguise } from './scrub.ts';
import { openTerminal } from './terminal.ts';
import { type WayBack, walkConnector } from './walk-connector.ts';

/** Where the tests look for them; npm runs a script where package.json is. */
const recorded = 'test/recorded';

const usage = `Usage: npm run try -- CONNECTOR [--days N] [--port N] [--redirect URL]
       npm run record -- CONNECTOR CASE [the same]
Connects one real bank through a connector that is set up (docs/BANKS.md), reads its accounts and entries, gives the
permission back, and prints a report without personal data. 'record' also writes the bank's answers, scrubbed, to
test/recorded/CONNECTOR/CASE.json, where a test replays them: look at the file before you share it.
  --days      how far back entries are asked for, 90 unless told
  --port      at which your browser comes back, 4747 unless told
  --redirect  the address that is registered at the provider, where it is another than http://127.0.0.1:PORT/connect/callback;
              you are then asked to paste the address at which your browser ends`;

function readCommand() {
  const { values, positionals } = readArguments(usage, {
    record: { type: 'boolean', default: false },
    days: { type: 'string', default: '90' },
    port: { type: 'string', default: '4747' },
    redirect: { type: 'string' },
  });
  const [id, recordAs] = positionals;
  const [days, port] = [Number(values.days), Number(values.port)];
  if (!id) return fail(usage, 'Which connector?');
  if (!Number.isInteger(days) || days < 1)
    return fail(usage, `--days ${values.days}: a number from 1 on.`);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return fail(usage, `--port ${values.port}: no port.`);
  if (values.record && !/^[a-z0-9-]{1,60}$/.test(recordAs ?? '')) {
    return fail(usage, 'What is the case called? Letters a to z, digits and hyphens.');
  }
  const { redirect } = values;
  return { id, days, port, ...(redirect && { redirect }), ...(values.record && { recordAs }) };
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

/** The connector that is meant; a new one each time, which knows nothing of what another one has heard. */
function openConnector(id: string, hear: (real: typeof fetch) => typeof fetch) {
  const { connectors, unset } = createConnectors(process.env, {
    fetch: hear(fetch),
    tlsFetch: (identity) => hear(createTlsFetch(identity)),
    clock: systemClock,
    launch,
    launchPuppeteer,
    readStatementFile,
  });
  const connector = connectors.find((it) => it.id === id);
  if (connector) return connector;
  const known = unset.find((it) => it.id === id);
  if (known) fail(usage, `${id} needs ${known.settings.join(', ')} (docs/BANKS.md).`);
  fail(usage, `Connectors: ${[...connectors, ...unset].map((it) => it.id).join(', ')}.`);
}

async function writeRecording(name: string, walk: WalkToRecord): Promise<string> {
  try {
    const recording = await makeRecording(walk, randomDisguise());
    const folder = join(recorded, recording.connector);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.json`);
    await writeFile(path, `${JSON.stringify(recording, null, 2)}\n`);
    return `${recording.calls.length} answers, scrubbed: ${path}. Look at it before you share it.`;
  } catch (error) {
    if (!(error instanceof NotRecordable)) throw error;
    return `Nothing is recorded. ${error.message} Please tell us, with the report above.`;
  }
}

const { id, days, port, redirect, recordAs } = readCommand();
const terminal = openTerminal();
try {
  // The list of banks is asked for by another one: it is long, and nothing of the walk.
  const listing = openConnector(id, (real) => real);
  const { wayBack, close } = await openWayBack(port, redirect);
  const recorder = createRecorder({ terminal, wayBack });
  const connector = openConnector(id, recorder.hear);
  const at = systemClock.now();
  const walked = await walkConnector({
    ...recorder,
    connector: { ...connector, institutions: () => listing.institutions() },
    clock: systemClock,
    days,
    wait: (seconds) => sleep(seconds * 1_000).then(() => {}),
  });
  await close();
  await listing.close?.();
  await connector.close?.();
  const report = reportWalk(walked, dayOf(at));
  terminal.say(`\nThe report, without personal data:\n${JSON.stringify(report, null, 2)}`);
  if (recordAs) {
    const { heard } = recorder;
    const walk = { walked, heard, at, days, environment: process.env };
    terminal.say(await writeRecording(recordAs, walk));
  }
} catch (error) {
  const told = [ProviderSettingsError, PortTaken];
  if (told.some((kind) => error instanceof kind)) fail(usage, (error as Error).message);
  throw error;
} finally {
  terminal.close();
}
