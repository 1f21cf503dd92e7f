import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readStatementCustomer } from '../../../cloud/local/bank/statement-customer.ts';
import { connectSandboxBank } from '../../walk.ts';
import { callerOf, rowsOf, withFolder, withLocal } from './local-walk.ts';

const shared = resolve(import.meta.dirname, '../../../../shared/statements');

/** The manifest's statements that this room reads: columns by name. */
function statementsOf(manifest: string) {
  const [head = '', ...lines] = readFileSync(manifest, 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines
    .map((line) => {
      const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
      return Object.fromEntries(
        names.map((name, at) => [name, (cells[at] ?? '').replace(/,$/, '')]),
      );
    })
    .filter((row) => row['split'] === 'open' && row['category'] === 'statement')
    .filter((row) => row['format'] === 'ofx' || row['format'] === 'camt')
    .map((row) => ({
      path: row['path'] ?? '',
      count: Number(row['n_transactions']),
      sum: row['sum'] ?? '',
    }));
}

const manifest = join(shared, 'manifest.csv');
if (!existsSync(manifest)) {
  process.stderr.write('Real statement files are skipped: there is no ../shared/statements.\n');
}

(existsSync(manifest) ? describe : describe.skip)('the main job on real statement files', () => {
  test('each file, through bank, connector, store and sheet, ends in rows with the sum of its manifest', async () => {
    // Half a minor unit a row: some files give amounts finer than their currency has.
    const wrong: unknown[] = [];
    const files = statementsOf(manifest);
    for (const { path, count, sum } of files) {
      const { customer } = await readStatementCustomer([join(shared, path)]);
      await withFolder((folder) =>
        withLocal({ folder, statementCustomers: [customer] }, async (started) => {
          const call = callerOf(started);
          await connectSandboxBank(call, customer);
          const [connection] = (await call('overview', {})).connections;
          for (const [at, { key: accountKey, historyDays }] of (
            connection?.accounts ?? []
          ).entries()) {
            await call('linkAccount', {
              connectionId: connection?.id ?? '',
              accountKey,
              bookAccount: { path: `Assets:Account ${at + 1}`, type: 'asset' },
              from: new Date(Date.now() - historyDays * 86_400_000).toISOString().slice(0, 10),
            });
          }
          await started.idle();
          const rows = await rowsOf(started);
          const total = rows.reduce(
            (cents, { amount }) => cents + Math.round(Number(amount) * 1e4),
            0,
          );
          const expected = Math.round(Number(sum) * 1e4);
          if (rows.length !== count || Math.abs(total - expected) > 50 * count) {
            wrong.push({ path, rows: rows.length, count, total: total / 1e4, sum });
          }
        }),
      );
    }
    expect(files.length).toBe(77);
    expect(wrong).toEqual([]);
  }, 300_000);
});
