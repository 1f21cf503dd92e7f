import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isMailAddress } from '../adapters/smtp.ts';
import { ProviderSettingsError } from '../connectors/providers.ts';
import type { World } from '../core/world.ts';
import { StoreUnavailable } from '../ports/store.ts';
import { VaultUnavailable } from '../ports/vault.ts';
import { readStatementCustomer } from './bank/statement-customer.ts';
import { StatementFilesUnusable } from './bank/statement-files.ts';
import { PortTaken } from './listen.ts';
import { startLocal } from './start.ts';

const usage = `Usage: npm start -- [--port NUMBER] [--folder DIR] [--statement FILE…] [--smtp URL --mail-to ADDRESS]
  --port       of the book's page, 4747 unless told; the Sandbox Bank takes the next one
  --folder     where everything is kept, .bookfeed unless told
  --statement  the Sandbox Bank answers with the entries of these files (OFX, QFX, CAMT, CSV)
  --smtp       where mails are handed over, smtps://USER:PASSWORD@HOST; without, they stand at the page's /mails
  --mail-to    your address, to which they go`;

/** Tells the user in one line and ends the program. */
function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '4747' },
        folder: { type: 'string', default: '.bookfeed' },
        statement: { type: 'string', multiple: true, default: [] },
        smtp: { type: 'string' },
        'mail-to': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (values.help) return null;
    if (!Number.isInteger(port) || port < 0 || port > 65_534) {
      fail(`--port ${values.port}: a port is a number from 0 to 65534.`);
    }
    if (positionals.length > 0 && values.statement.length === 0) {
      fail(`${positionals[0]}: files come after --statement.\n${usage}`);
    }
    const files = [...values.statement, ...positionals];
    const mail = readMail(values.smtp, values['mail-to']);
    return { port, folder: resolve(values.folder), files, ...(mail && { mail }) };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** Both or none. Nothing of the URL is told: it may hold a password. */
function readMail(smtpUrl: string | undefined, address: string | undefined) {
  if (smtpUrl === undefined && address === undefined) return null;
  if (smtpUrl === undefined || address === undefined) {
    return fail(`--smtp and --mail-to go together.\n${usage}`);
  }
  if (!/^smtps?:\/\/[^/]/.test(smtpUrl) || !URL.canParse(smtpUrl)) {
    return fail('--smtp: an address of a mail server is smtps://USER:PASSWORD@HOST[:PORT].');
  }
  if (!isMailAddress(address)) fail(`--mail-to ${address}: this is no mail address.`);
  return { smtpUrl, address };
}

/** Whose real banks can be connected now, and whose once they are set up. */
function tellProviders({ connectors, unsetProviders }: World): string {
  const ready = [...connectors.keys()].filter(
    (id) => id !== 'berlin-group' && id !== 'direct-access',
  );
  const unset = unsetProviders.map(({ name }) => name);
  return `Real banks: ${ready.join(', ') || 'none yet'}; to be set up: ${unset.join(', ') || 'none'} (docs/BANKS.md).`;
}

const asked = readArguments();
if (!asked) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

const { folder, port, files, mail } = asked;
const isNew = !existsSync(folder);
try {
  const statement = files.length > 0 ? await readStatementCustomer(files) : undefined;
  for (const line of statement?.lines ?? []) process.stderr.write(`${line}\n`);
  const started = await startLocal({
    folder,
    port,
    environment: process.env,
    ...(mail && { mail }),
    ...(statement && { statementCustomers: [statement.customer] }),
    writeLog: (line) => {
      if (line.severity !== 'INFO') process.stderr.write(`${JSON.stringify(line)}\n`);
    },
  });
  // Before the address is told: who reads it may stop the program at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void started.close().then(() => process.exit(0)));
  }
  process.stdout.write(`Bookfeed is at ${started.url}\n`);
  process.stdout.write(
    `${isNew ? 'Made' : 'Kept in'} ${join(folder, '/')} (your book, its bank data, the Sandbox Bank). Stop with Ctrl+C.\n`,
  );
  process.stdout.write(`${tellProviders(started.world)}\n`);
} catch (error) {
  if (error instanceof PortTaken) {
    fail(`${error.message} Stop that one, or choose another: npm start -- --port ${port + 10}`);
  }
  const told = [StoreUnavailable, VaultUnavailable, StatementFilesUnusable, ProviderSettingsError];
  if (told.some((kind) => error instanceof kind)) fail((error as Error).message);
  throw error;
}
