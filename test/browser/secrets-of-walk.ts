import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connections } from '../../cloud/core/documents.ts';
import { openGrant } from '../../cloud/core/grants.ts';
import { rowsOf } from '../cloud/local/local-walk.ts';
import { type Desk, kim } from './desk.ts';

/** What nobody may read anywhere, by what it is. */
export type Secrets = Readonly<Record<string, string>>;

/** All of the walk that lets into the bank or the mail server: typed by the user, or kept under lock now. */
export async function secretsOf({ started, typedCodes, smtpPassword }: Desk): Promise<Secrets> {
  const { world, bookId } = started;
  const secrets: Record<string, string> = {
    login: kim.login,
    password: kim.password,
    ...(smtpPassword && { 'password of the mail server': smtpPassword }),
  };
  for (const [at, code] of typedCodes.entries()) secrets[`code ${at + 1}`] = code;
  const query = { field: 'bookId', op: '==', value: bookId, limit: 100 } as const;
  for (const { key, value } of await world.store.find(connections, query)) {
    if (value.state === 'removed') continue;
    const kept = [value.grant, ...(value.confirmation ? [value.confirmation.state] : [])];
    for (const sealed of kept) {
      const { institutionId: _, ...grant } = await openGrant(world, key, sealed);
      for (const [name, text] of Object.entries(grant)) {
        for (const [what, secret] of insideOf(name, text)) secrets[what] = secret;
      }
    }
  }
  return secrets;
}

/** The texts that a kept value holds; the shape of cookies is the browser's, of credentials the bank's. */
function insideOf(name: string, text: string): readonly (readonly [string, string])[] {
  if (name === 'waitsUntil') return [];
  if (name === 'credentials') return Object.entries(JSON.parse(text) as Record<string, string>);
  if (name !== 'cookies') return [[name, text]];
  const cookies = JSON.parse(text) as readonly { readonly name: string; readonly value: string }[];
  return cookies.map((cookie) => [`cookie ${cookie.name}`, cookie.value]);
}

/** Everything that Bookfeed has written or said so far, by where: the bank's own store is not ours. */
export async function writtenBy(desk: Desk): Promise<ReadonlyMap<string, string>> {
  const { started, folder, log, answers, page } = desk;
  const written = new Map<string, string>();
  for (const { name, parentPath } of await filesIn(folder)) {
    if (name.startsWith('bank.sqlite')) continue;
    written.set(`file ${name}`, await readFile(join(parentPath, name), 'latin1'));
  }
  written.set('log', log.map((line) => JSON.stringify(line)).join('\n'));
  written.set('answers', answers.map(({ url, text }) => `${url}\n${text}`).join('\n'));
  written.set('spreadsheet', JSON.stringify(await rowsOf(started)));
  const frames = await Promise.all(page.frames().map((frame) => frame.content()));
  written.set('sidebar', frames.join('\n'));
  return written;
}

async function filesIn(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile());
}

/** Which secret stands where, and how it is written there. */
export function findSecrets(
  secrets: Secrets,
  written: ReadonlyMap<string, string>,
): readonly string[] {
  const found: string[] = [];
  for (const [place, text] of written) {
    for (const [what, secret] of Object.entries(secrets)) {
      for (const [how, pattern] of waysToWrite(secret)) {
        if (pattern.test(text)) found.push(`${what} in ${place}, ${how}`);
      }
    }
  }
  return found;
}

function waysToWrite(secret: string): readonly (readonly [string, RegExp])[] {
  // A code of six digits is no news inside a longer number, id or sealed text.
  const isCode = /^\d{1,8}$/.test(secret);
  const plain = isCode
    ? new RegExp(`(?<![\\w+/.-])${secret}(?![\\w+/.-])`)
    : new RegExp(quoted(secret));
  return [
    ['as it is', plain],
    ['as JSON', new RegExp(quoted(JSON.stringify(secret).slice(1, -1)))],
    ['as HTML', new RegExp(quoted(secret.replaceAll('&', '&amp;')))],
    ['in an address', new RegExp(quoted(encodeURIComponent(secret)))],
    ['in a form', new RegExp(quoted(new URLSearchParams({ s: secret }).toString().slice(2)))],
    ...[0, 1, 2].map((shift) => ['as Base64', base64Of(secret, shift)] as const),
  ].filter(([how]) => !isCode || how === 'as it is' || how === 'as Base64') as [string, RegExp][];
}

/** What every Base64 of a longer text holds that has the secret `shift` bytes after a multiple of three. */
function base64Of(secret: string, shift: number): RegExp {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  const isEven = bytes.length % 3 === 0;
  const own = whole.slice(shift === 0 ? 0 : shift + 1, isEven ? undefined : -1);
  return new RegExp(quoted(own).replaceAll('\\+', '[+-]').replaceAll('/', '[/_]'));
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
