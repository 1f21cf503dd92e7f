import { dayOf } from '../../../shared/calendar-date.ts';
import type { Heard, HeardCall } from './record-walk.ts';
import { differenceOf, keptSettings, madeOf, prefixOf, type Recording } from './recording.ts';
import { checkRecording, type Replayable, replay } from './replay.ts';
import { reportWalk } from './report-walk.ts';
import { createScrubber, type Disguise, type Scrubber } from './scrub.ts';
import { scrubFinTs } from './scrub-fints.ts';
import type { Walked } from './walk-connector.ts';

/** Why a walk cannot be recorded, in words that hold nothing of it. */
export class NotRecordable extends Error {
  override readonly name = 'NotRecordable';
}

export interface WalkToRecord {
  readonly walked: Walked;
  readonly heard: Heard;
  readonly at: string;
  readonly days: number;
  /** By which the connector is set up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Scrubs what a walk has heard, and walks it again: only what leads to the same report is a recording. What it asks and
 * makes then is written down, so nothing of the first walk is in it but what is scrubbed.
 * @throws NotRecordable
 */
export async function makeRecording(walk: WalkToRecord, disguise: Disguise): Promise<Recording> {
  const { walked, heard, environment } = walk;
  if (!walked.institution || heard.calls.length === 0) {
    throw new NotRecordable('No answer came that could be recorded.');
  }
  const scrubbed = scrubWalk(walk, walked.institution, disguise);
  const { walked: again, paths, strange } = await replay(scrubbed, environment);
  const now = reportOf(again, scrubbed.at);
  const found = differenceOf(reportOf(walked, walk.at), now);
  if (strange || found) {
    const what = strange ? 'other calls' : `another ${found?.place}`;
    throw new NotRecordable(`With scrubbed answers the connector makes ${what} of them.`);
  }
  const calls = scrubbed.calls.map(({ step, method, ...answer }, at) => ({
    ...{ step, method, path: paths[at] ?? '' },
    ...answer,
  }));
  const recording = { ...scrubbed, calls, made: madeOf(again) };
  if ((await checkRecording(recording, environment)).length > 0) {
    throw new NotRecordable('The same answers lead to something else each time.');
  }
  requireNoSecret(recording, walk);
  return recording;
}

function scrubWalk(
  { walked, heard, at, days, environment }: WalkToRecord,
  institution: Recording['institution'],
  disguise: Disguise,
): Replayable {
  const origins = new Set(heard.calls.map(({ origin }) => origin));
  const { name } = institution;
  const isBank = (value: object) =>
    'name' in value && [value.name, `${String(value.name)} (business)`].includes(name);
  const settings = keptSettings(environment, institution);
  const written = JSON.stringify(settings).matchAll(/\/([\w.-]+)/g);
  const pathParts = new Set([...written].map(([, part = '']) => part));
  const codes = new Set([institution.bic ?? '', ...(institution.routingNumbers ?? [])]);
  const scrubber = createScrubber(disguise, { origins, pathParts, isBank });
  return {
    connector: walked.connector,
    institution,
    at: scrubber.text(at),
    days,
    settings,
    typed: heard.typed.map((one) => (isChoice(one) ? one : scrubber.text(one))),
    returned: heard.returned.map((query) =>
      Object.fromEntries(
        // A code is a secret here; an error is a word of the interface.
        Object.entries(query).map(([name, one]) => [
          name,
          scrubber.text(one, name === 'error' ? name : ''),
        ]),
      ),
    ),
    calls: heard.calls.map((call) => scrubCall(call, scrubber, codes)),
  };
}

/** Of a list, or yes and no. */
function isChoice(typed: string): boolean {
  return typed.length < 3 || /^(yes|no)$/i.test(typed);
}

/** Of what is no JSON, as a page of a proxy, this much is kept. */
const textMax = 1_000;

function scrubCall(
  { step, method, status, headers, text }: HeardCall,
  scrubber: Scrubber,
  codes: ReadonlySet<string>,
) {
  const call = { step, method, status, headers };
  if (text === '') return call;
  const message = Buffer.from(text, 'base64').toString('latin1');
  if (message.startsWith('HNHBK:')) return { ...call, fints: scrubFinTs(message, scrubber, codes) };
  try {
    return { ...call, body: scrubber.json(JSON.parse(text), step === 'start access') };
  } catch {
    return { ...call, text: scrubber.text(text.trim()).slice(0, textMax) };
  }
}

function reportOf(walked: Walked, at: string): unknown {
  const { steps, ...report } = reportWalk(walked, dayOf(at));
  return { steps: steps.map(({ step, result }) => `${step} ${result}`), ...report };
}

/** That scrubbing works is tested; that nothing that was typed, brought back or set is written is looked at each time. */
function requireNoSecret(recording: Recording, { heard, environment }: WalkToRecord): void {
  const { settings, connector } = recording;
  const set = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(prefixOf(connector)) && value !== settings[name] ? (value ?? '') : [],
  );
  const typed = heard.typed.filter((one) => !isChoice(one));
  const brought = heard.returned.flatMap(({ error: _, ...query }) => Object.values(query));
  const written = JSON.stringify(recording);
  for (const secret of [...set, ...typed, ...brought]) {
    const quoted = JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^A-Za-z0-9]/g, '\\$&');
    // As a part of a longer number a PIN may stand there by chance.
    const isThere = new RegExp(`(?<![A-Za-z0-9])${quoted}(?![A-Za-z0-9])`).test(written);
    if (secret.length >= 4 && isThere)
      throw new NotRecordable('It would hold something that you typed, or set up.');
  }
}
