import { readFileSync } from 'node:fs';
import type { Institution } from '../../../shared/bank.ts';
import type { Instant } from '../../../shared/calendar-date.ts';
import { readBankList } from '../../connectors/fints/bank-list.ts';
import type { Walked } from './walk-connector.ts';

/** A walk through a bank that can be made again, with nothing of a person or a key. */
export interface Recording {
  readonly connector: string;
  readonly institution: Institution;
  /** When it was, moved as every day in it. */
  readonly at: Instant;
  /** How far back entries were asked for. */
  readonly days: number;
  /** How the connector was set up, without its keys. */
  readonly settings: Readonly<Record<string, string>>;
  readonly typed: readonly string[];
  /** What the browser brought back. */
  readonly returned: readonly Readonly<Record<string, string>>[];
  readonly calls: readonly RecordedCall[];
  readonly made: Made;
}

export interface RecordedCall {
  /** Of the walk. */
  readonly step: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; of FinTS the message, decoded; of anything else the text. */
  readonly body?: unknown;
  readonly fints?: string;
  readonly text?: string;
}

/** What the connector made of these answers when they were recorded. */
export interface Made extends Pick<Walked, 'accounts' | 'consent'> {
  /** Results by the steps. */
  readonly steps: Readonly<Record<string, string>>;
}

export function madeOf({ steps, consent, accounts }: Walked): Made {
  const results = steps.map(({ step, result }) => [step, result] as const);
  const made = { steps: Object.fromEntries(results), ...(consent && { consent }), accounts };
  // As it stands in a file.
  return JSON.parse(JSON.stringify(made)) as Made;
}

/** Of a bank's settings those that are no secret. */
const bankFields = [
  ...['id', 'name', 'country', 'bic', 'city', 'baseUrl', 'historyDays', 'consentDays', 'approach'],
  ...['scope', 'asksPsuId', 'ownerName', 'windowDays', 'quirks'],
];

/** Settings by which a connector goes about its calls; keys are left out, and other banks than this one. */
export function keptSettings(
  environment: Readonly<Record<string, string | undefined>>,
  { connector, id }: Institution,
): Readonly<Record<string, string>> {
  const prefix = prefixOf(connector);
  const kept: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    const what = name.startsWith(prefix) && value !== '' ? name.slice(prefix.length) : '';
    if (/^(URL|HOSTS|COUNTRIES|ENVIRONMENT|COMPANIES)$/.test(what)) kept[name] = value;
    if (what === 'BANKS' && connector === 'fints') kept[name] = listedBank(value, id);
    else if (what === 'BANKS') kept[name] = bankOf(value, id);
  }
  return kept;
}

/** Of the names of a connector's settings. */
export function prefixOf(connector: string): string {
  return `BOOKFEED_${connector.toUpperCase().replaceAll('-', '_')}_`;
}

function bankOf(setting: string, id: string): string {
  const banks = JSON.parse(setting) as readonly Readonly<Record<string, unknown>>[];
  const own = banks.filter((bank) => bank['id'] === id);
  return JSON.stringify(
    own.map((bank) => ({
      ...Object.fromEntries(
        bankFields.flatMap((name) => (name in bank ? [[name, bank[name]]] : [])),
      ),
      ...(bank['oauth'] !== undefined && { oauth: { clientId: 'made-up' } }),
    })),
  );
}

/** Of a list or the path of one. */
function listedBank(setting: string, id: string): string {
  const isList = setting.trimStart().startsWith('[');
  const { banks } = readBankList(isList ? Buffer.from(setting) : readFileSync(setting));
  return JSON.stringify(banks.filter(({ blz }) => id.startsWith(`fints:${blz}`)));
}

/** The first place in which two values of JSON differ, as `accounts.0.name`, and what stands there. */
export function differenceOf(
  before: unknown,
  now: unknown,
  place = '',
): { readonly place: string; readonly before: unknown; readonly now: unknown } | undefined {
  const areBoth = [before, now].every((one) => typeof one === 'object' && one !== null);
  if (!areBoth) return before === now ? undefined : { place, before, now };
  const [a, b] = [before, now] as Record<string, unknown>[];
  for (const name of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const found = differenceOf(a?.[name], b?.[name], place === '' ? name : `${place}.${name}`);
    if (found) return found;
  }
  return undefined;
}
