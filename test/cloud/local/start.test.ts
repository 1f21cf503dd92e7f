import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  connections,
  ledgerKey,
  ledgers,
  pageKey,
  statementPages,
} from '../../../cloud/core/documents.ts';
import type { Started } from '../../../cloud/local/start.ts';
import type { ApiArgs, Overview } from '../../../shared/api.ts';
import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import { mail } from '../../contract/mailer.ts';
import { startSmtpServer } from '../../smtp-server.ts';
import { connectSandboxBank, createCaller, until } from '../../walk.ts';
import { callerOf, rowsOf, withFolder, withLocal } from './local-walk.ts';

const main = resolve(import.meta.dirname, '../../../cloud/local/main.ts');
const clara = { login: 'clara', password: 'sandbox' };

/** Links every account that fills nothing yet to an asset of its own. */
async function linkAll(call: ReturnType<typeof callerOf>, overview: Overview, from: string) {
  for (const connection of overview.connections) {
    for (const [at, { key }] of connection.accounts.entries()) {
      const bookAccount = { path: `Assets:Account ${at + 1}`, type: 'asset' as const };
      await call('linkAccount', {
        connectionId: connection.id,
        accountKey: key,
        bookAccount,
        from,
      });
    }
  }
}

/** Runs main.ts until it ends or prints its address. */
function runMain(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((resolve_) => child.on('close', resolve_));
  return {
    child,
    ended,
    output: () => ({ out, err }),
    address: () => until(async () => /http:\/\/\S+/.exec(out)?.[0]),
  };
}

describe('the whole system on one machine', () => {
  test('from a bank to rows in the book, and a second sync adds none; a restart keeps all', async () => {
    await withFolder(async (folder) => {
      let before: readonly unknown[] = [];
      await withLocal({ folder }, async (started) => {
        const call = callerOf(started);
        await connectSandboxBank(call, clara);
        const overview = await call('overview', {});
        expect(overview.connections).toMatchObject([{ name: 'Sandbox Bank', state: 'connected' }]);
        expect(overview.connections[0]?.accounts.length).toBeGreaterThan(1);
        await linkAll(call, overview, addDays(dayOf(overview.now), -80));
        await started.idle();
        before = await rowsOf(started);
        expect(before.length).toBeGreaterThan(10);
        await call('syncNow', {});
        await started.idle();
        expect(await rowsOf(started)).toEqual(before);
        const [connection] = (await call('overview', {})).connections;
        expect(connection).toMatchObject({
          state: 'connected',
          lastResult: { outcome: 'complete', newRows: 0 },
        });
        expect(connection?.nextSyncAt).toBeDefined();
      });
      await withLocal({ folder }, async (started) => {
        expect(await rowsOf(started)).toEqual(before);
        await callerOf(started)('syncNow', {});
        await started.idle();
        expect(await rowsOf(started)).toEqual(before);
      });
    });
  });

  test('rows that a killed program had not written yet are written by the next one', async () => {
    await withFolder(async (folder) => {
      await withLocal({ folder }, async (started) => {
        const call = callerOf(started);
        await connectSandboxBank(call, clara);
        const overview = await call('overview', {});
        // As if it had died between the sync's commit and the delivery: the sheet answers, but not to this one.
        await started.sheets.setAccess(started.bookId, 'none');
        await linkAll(call, overview, addDays(dayOf(overview.now), -20));
        await started.idle();
        await started.sheets.setAccess(started.bookId, 'writer');
        expect(await rowsOf(started)).toEqual([]);
      });
      await withLocal({ folder }, async (started) => {
        await started.idle();
        expect((await rowsOf(started)).length).toBeGreaterThan(10);
      });
    });
  });

  test('killed at any moment of a sync, it has every row once after the next start', async () => {
    await withFolder(async (folder) => {
      let bookId = '';
      let link: ApiArgs<'linkAccount'> | undefined;
      await withLocal({ folder }, async (started) => {
        const call = callerOf(started);
        bookId = started.bookId;
        await connectSandboxBank(call, clara);
        const { connections, now } = await call('overview', {});
        const [connection] = connections;
        const bookAccount = { path: 'Assets:Checking', type: 'asset' as const };
        link = {
          connectionId: connection?.id ?? '',
          accountKey: connection?.accounts[0]?.key ?? '',
          bookAccount,
          from: addDays(dayOf(now), -10),
        };
      });
      // Each time the account is to be fetched from an earlier day, and the process dies while it does so.
      for (const [afterMs, days] of [
        [0, 20],
        [15, 40],
        [40, 60],
        [80, 80],
      ] as const) {
        const run = runMain('--port', '0', '--folder', folder);
        const address = new URL(await run.address());
        const call = createCaller({
          cloudUrl: address.origin,
          token: address.hash.slice(1),
          spreadsheetId: bookId,
          leaveProof: async () => {},
        });
        if (!link) throw new Error('no link');
        const now = new Date().toISOString();
        await call('linkAccount', { ...link, from: addDays(dayOf(now), -days) });
        await new Promise((done) => setTimeout(done, afterMs));
        run.child.kill('SIGKILL');
        await run.ended;
      }
      await withLocal({ folder }, async (started) => {
        // What the dead held is due at once.
        const query = { field: 'bookId', op: '==', value: bookId, limit: 1 } as const;
        await until(async () => {
          const [connection] = await started.world.store.find(connections, query);
          return connection?.value.lastResult?.outcome === 'complete' && !connection.value.lease;
        });
        await started.idle();
        const shown = (await rowsOf(started)).map(({ id }) => id);
        const pages = await keptEntries(started, link?.accountKey ?? '');
        expect(new Set(shown).size).toBe(shown.length);
        expect([...shown].sort()).toEqual(pages.map(({ id }) => id).sort());
        expect(pages.length).toBeGreaterThan(20);
      });
    });
  });
});

/** All entries of the linked account, as they are kept. */
async function keptEntries({ world, bookId }: Started, accountKey: string) {
  const ledger = await world.store.get(ledgers, ledgerKey(bookId, accountKey));
  const keys = (ledger?.value.pages ?? []).map((page) => pageKey(bookId, accountKey, page));
  return (await world.store.getMany(statementPages, keys)).flatMap(({ value }) => value.entries);
}

describe('mails on one machine', () => {
  const { id: _, ...shown } = mail();
  test('are kept for the page of mails where there is no mail server', async () => {
    await withFolder(async (folder) => {
      await withLocal({ folder }, async ({ world, sessionToken }) => {
        await world.mailer.send(mail());
        const headers = { authorization: `Bearer ${sessionToken}` };
        const list = await (await fetch(`${world.publicUrl}/mails/list`, { headers })).json();
        const { to, subject, text } = shown;
        const at = expect.any(String);
        expect(list).toEqual({ sentTo: null, mails: [{ at, to, subject, text }] });
      });
    });
  });

  test('go to the mail server that was named', async () => {
    const server = await startSmtpServer();
    const address = 'erika@example.org';
    await withFolder(async (folder) => {
      const sending = { smtpUrl: `smtp://${server.address}`, address };
      await withLocal({ folder, mail: sending }, async ({ world, sessionToken }) => {
        expect(await world.callers.verify(sessionToken)).toMatchObject({ email: address });
        await world.mailer.send(mail());
        expect(server.received).toMatchObject([{ from: address, to: [address], text: shown.text }]);
      });
    });
    await server.close();
  });

  test('secrets open again after a restart, for who has the key file', async () => {
    await withFolder(async (folder) => {
      let sealed = { key: '', text: '' };
      await withLocal({ folder }, async ({ world }) => {
        sealed = await world.vault.seal('c1', { token: 'kept' });
      });
      await withLocal({ folder }, async ({ world }) => {
        expect(await world.vault.open('c1', sealed)).toEqual({ token: 'kept' });
      });
    });
  });
});

describe('npm start', () => {
  test('prints one address on loopback and what it made, and ends when it is told to', async () => {
    await withFolder(async (folder) => {
      const run = runMain('--port', '0', '--folder', join(folder, 'kept'));
      const address = await run.address();
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\w{20,}$/);
      run.child.kill('SIGTERM');
      expect(await run.ended).toBe(0);
      const { out, err } = run.output();
      expect(out.match(/http:/g)).toHaveLength(1);
      expect(out).toContain(join(folder, 'kept'));
      expect(err).toBe('');
    });
  });

  test.each([
    ['an option that is none', ['--prot', '1'], /--prot/],
    ['a port that is none', ['--port', 'x'], /--port x/],
    ['a mail server without an address', ['--smtp', 'smtp://u:pw@127.0.0.1'], /--mail-to/],
    ['an address without a mail server', ['--mail-to', 'a@b.example'], /--smtp/],
    [
      'a mail server that is none',
      ['--smtp', 'http://u:pw@h', '--mail-to', 'a@b.example'],
      /^--smtp/,
    ],
    ['a mail address that is none', ['--smtp', 'smtp://h', '--mail-to', 'erika'], /erika/],
    ['a statement that is not there', ['--statement', 'nowhere.ofx'], /nowhere\.ofx/],
  ])('%s: one clear line, nothing made', async (_name, args, line) => {
    await withFolder(async (folder) => {
      const run = runMain('--folder', join(folder, 'kept'), ...args);
      expect(await run.ended).toBe(1);
      expect(run.output().err).toMatch(line);
      expect(run.output().err).not.toMatch(/\bat .*\.ts:\d|u:pw/);
    });
  });

  test('a folder that cannot be made is named', async () => {
    const run = runMain('--folder', '/dev/null/kept', '--port', '0');
    expect(await run.ended).toBe(1);
    expect(run.output().err).toMatch(/^\/dev\/null\/kept .*--folder/);
  });

  test('a port that is taken is named, with what to do', async () => {
    await withFolder(async (folder) => {
      const other = createServer();
      await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
      const { port } = other.address() as { port: number };
      const run = runMain('--folder', folder, '--port', String(port));
      expect(await run.ended).toBe(1);
      other.close();
      expect(run.output().err).toMatch(new RegExp(`Port ${port} .*taken.*--port`));
    });
  });

  test('a key file that others can read is named, with what to do', async () => {
    await withFolder(async (folder) => {
      await withLocal({ folder }, async () => {});
      const path = join(folder, 'secrets.json');
      chmodSync(path, 0o644);
      const run = runMain('--folder', folder, '--port', '0');
      expect(await run.ended).toBe(1);
      expect(run.output().err).toContain(`chmod 600 ${path}\n`);
    });
  });

  test('a broken store file is named, and left as it is', async () => {
    await withFolder(async (folder) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'bookfeed.sqlite'), 'this is no store '.repeat(100));
      const run = runMain('--folder', folder, '--port', '0');
      expect(await run.ended).toBe(1);
      expect(run.output().err).toContain('bookfeed.sqlite');
      expect(run.output().err.trim().split('\n')).toHaveLength(1);
    });
  });
});
