import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { bundling } from '../../../../cloud/functions/build.ts';
import { describeInChromium } from './in-chromium.ts';
import { clara } from './online-bank.ts';
import { startSite } from './strange-site.ts';

const describe = await describeInChromium();
const root = resolve(import.meta.dirname, '../../../..');

/** Reads a site once, and tells what it saw. */
const entryPoint = (url: string) => `
  import { launchChromium } from './cloud/adapters/launch-chromium.ts';
  import { bankLogins } from './cloud/connectors/direct-access/bank-logins.ts';
  import { createDirectAccess } from './cloud/connectors/direct-access/connector.ts';
  const institution = { id: 'direct-access:site' };
  const connector = createDirectAccess({
    banks: [{ institution, baseUrl: '${url}', login: bankLogins['sandbox-bank'] }],
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    launch: launchChromium,
  });
  const step = await connector.startAccess({ institution, credentials: ${JSON.stringify(clara)} });
  const session = await connector.open(step.grant, undefined);
  const [account] = await session.accounts();
  const pages = [];
  for await (const page of session.entries(account.externalId, { from: '2026-03-01' })) pages.push(page);
  console.log(JSON.stringify({ balance: await session.balance(account.externalId), pages }));
  await session.close();`;

describe('as it is deployed', () => {
  test('reads a website, though what runs inside its pages was bundled', async () => {
    const site = await startSite();
    // Below the root, from where the packages beside the bundle are found.
    await mkdir(join(root, 'dist'), { recursive: true });
    const folder = await mkdtemp(join(root, 'dist', 'bundled-'));
    try {
      const stdin = { contents: entryPoint(site.url), resolveDir: root, loader: 'ts' } as const;
      await build({ ...bundling, stdin, outdir: folder, write: true });
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'stdin.js')]);
      const entry = { amount: { minor: -450, currency: 'EUR' }, text: 'COFFEE' };
      expect(JSON.parse(stdout)).toMatchObject({
        balance: { booked: { minor: 500, currency: 'EUR' } },
        pages: [{ entries: [entry] }],
      });
    } finally {
      site.close();
      await rm(folder, { recursive: true });
    }
  });
});
