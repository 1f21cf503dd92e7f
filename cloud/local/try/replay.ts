import { createConnectors } from '../../connectors/providers.ts';
import { readStatementFile } from '../../statements/read-statement-file.ts';
import { listen } from '../listen.ts';
import { differenceOf, madeOf, type RecordedCall, type Recording } from './recording.ts';
import { type Terminal, type Walked, walkConnector } from './walk-connector.ts';

/** A recording whose calls need not be known yet: what is then asked tells their paths. */
export type Replayable = Omit<Recording, 'made' | 'calls'> & {
  readonly calls: readonly (Omit<RecordedCall, 'path'> & { readonly path?: string })[];
};

/** What came of a replay. */
export interface Replayed {
  readonly walked: Walked;
  /** Of each call the path that was asked; absent where it was not asked. */
  readonly paths: readonly (string | undefined)[];
  /** The first call that no recorded answer is for. */
  readonly strange: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes a recorded walk again: the same connector, over a real socket, with the recorded answers, each served once, in
 * their order, to the call of its method and path.
 * @param keys settings that a recording leaves out
 */
export async function replay(recording: Replayable, keys: Environment): Promise<Replayed> {
  const { calls, at, days } = recording;
  const paths: (string | undefined)[] = calls.map(() => undefined);
  let strange: string | undefined;
  const server = await listen(({ method, url }) => {
    const path = url.slice(new URL(url).origin.length);
    const found = calls.findIndex(
      (call, index) =>
        paths[index] === undefined && call.method === method && (call.path ?? path) === path,
    );
    const call = calls[found];
    if (!call) strange ??= `${method} ${path} after ${paths.filter(Boolean).length} calls`;
    else paths[found] = path;
    return call ? answerOf(call) : new Response(null, { status: 599 });
  }, 0);
  try {
    const connector = connectorOf(recording, keys, server.url);
    const { terminal, wayBack } = customerOf(recording);
    const clock = { now: () => at };
    const wait = async () => {};
    const walked = await walkConnector({ connector, terminal, wayBack, clock, days, wait });
    return { walked, paths, strange };
  } catch (error) {
    if (!(error instanceof StrangeQuestion)) throw error;
    const walked = { connector: recording.connector, steps: [], accounts: [] };
    return { walked, paths, strange: strange ?? 'a question' };
  } finally {
    await server.close();
  }
}

const silence = 'x-no-answer-came';

function answerOf(call: Omit<RecordedCall, 'path'>): Response {
  const { status, headers, body, fints, text } = call;
  if (status === 0) return new Response(null, { headers: { [silence]: 'true' } });
  const plain = fints === undefined ? text : Buffer.from(fints, 'latin1').toString('base64');
  const written = body === undefined ? (plain ?? '') : JSON.stringify(body);
  return new Response(written === '' ? null : written, { status, headers });
}

function connectorOf(
  { connector: id, institution, settings, at }: Replayable,
  keys: Environment,
  url: string,
) {
  const replayed: typeof fetch = async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const response = await fetch(new Request(`${url}${pathname}${search}`, request));
    if (response.headers.has(silence)) throw new TypeError('fetch failed');
    return response;
  };
  const noBrowser = () => Promise.reject(new TypeError('no browser is recorded'));
  const { connectors } = createConnectors(
    { ...keys, ...settings },
    {
      fetch: replayed,
      clock: { now: () => at },
      // What a bank was waited for has come.
      sleep: async () => {},
      launch: noBrowser,
      launchPuppeteer: noBrowser,
      readStatementFile,
    },
  );
  const connector = connectors.find((it) => it.id === id);
  if (!connector) throw new TypeError(`${id} is not set up for a replay`);
  return { ...connector, institutions: async () => [institution] };
}

/** One that nobody was asked then; to type anything might lead to the same question again. */
class StrangeQuestion extends Error {}

/** Types what was typed, and comes back with what was brought back. */
function customerOf(recording: Replayable) {
  const typed = [...recording.typed];
  const returned = [...recording.returned];
  const type = async () => {
    const next = typed.shift();
    if (next === undefined) throw new StrangeQuestion();
    return next;
  };
  const terminal: Terminal = {
    say: () => {},
    // A question that may be taken back is one for an address, which nobody pastes.
    ask: (_, unless) => (unless ? new Promise(() => {}) : type()),
    askSecret: type,
    show: async () => {},
  };
  const wayBack = {
    redirectUrl: 'http://127.0.0.1:4747/connect/callback?state=replayed',
    returned: async () => returned.shift() ?? {},
  };
  return { terminal, wayBack };
}

/** What the connector makes today of a recording otherwise than then, in sentences; none: nothing. */
export async function checkRecording(
  recording: Recording,
  keys: Environment,
): Promise<readonly string[]> {
  const { walked, paths, strange } = await replay(recording, keys);
  const { calls, made } = recording;
  const nameOf = ({ method, path }: RecordedCall, at: number) =>
    `call ${at + 1}, ${method} ${path}`;
  const wrong: string[] = [];
  if (strange) wrong.push(`${strange}: no answer to that was recorded.`);
  const unasked = paths.indexOf(undefined);
  const call = calls[unasked];
  if (call) wrong.push(`${nameOf(call, unasked)}: is not asked any more.`);
  const found = differenceOf(made, madeOf(walked));
  if (found) {
    const { place, before, now } = found;
    const step = stepOf(place);
    const ofStep = calls.some((call) => call.step === step) ? step : step.replace(/ \d+$/, '');
    const isIts = (call: RecordedCall) => `${call.step} `.startsWith(`${ofStep} `);
    const its = calls.flatMap((one, at) => (isIts(one) ? nameOf(one, at) : []));
    const of = its.length > 0 ? ` (${its.join('; ')})` : '';
    wrong.push(`${place}${of}: was ${JSON.stringify(before)}, is ${JSON.stringify(now)}.`);
  }
  return wrong;
}

/** The walk's step that made what stands there; one call may tell of all accounts, which is then another one's. */
function stepOf(place: string): string {
  const [what, which, part] = place.split('.');
  if (what === 'steps') return which ?? '';
  if (what !== 'accounts') return 'confirmation';
  return part === 'account' ? 'accounts' : `${part} ${Number(which) + 1}`;
}
