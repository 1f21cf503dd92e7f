import { describe, expect, test } from '@jest/globals';
import type { BankFailure } from '../../../cloud/local/bank/control.ts';
import type { Started } from '../../../cloud/local/start.ts';
import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import { type FailureCode, failures } from '../../../shared/failures.ts';
import { createFormBrowser } from '../../form-browser.ts';
import { chooseSandboxBank, connectSandboxBank } from '../../walk.ts';
import { callerOf, rowsOf, withFolder, withLocal } from './local-walk.ts';

const clara = { login: 'clara', password: 'sandbox' };

/** A system whose current account is connected, and is linked by `link`. */
async function withConnected(
  run: (it: {
    started: Started;
    call: ReturnType<typeof callerOf>;
    link: () => Promise<void>;
    sync: () => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  await withFolder((folder) =>
    withLocal({ folder }, async (started) => {
      const call = callerOf(started);
      await connectSandboxBank(call, clara);
      const { connections, now } = await call('overview', {});
      const [connection] = connections;
      const link = async () => {
        await call('linkAccount', {
          connectionId: connection?.id ?? '',
          accountKey: connection?.accounts[0]?.key ?? '',
          bookAccount: { path: 'Assets:Checking', type: 'asset' },
          // More than a page of entries.
          from: addDays(dayOf(now), -88),
        });
        await started.idle();
      };
      const sync = async () => {
        await call('syncNow', {});
        await started.idle();
      };
      await run({ started, call, link, sync });
    }),
  );
}

describe('a bank that fails is told in the sidebar, and nothing is lost', () => {
  test.each<[BankFailure['with'], FailureCode, string]>([
    ['bank-unavailable', 'bank-unavailable', 'failing'],
    ['reply-unreadable', 'reply-unreadable', 'failing'],
    ['rate-limited', 'rate-limited', 'connected'],
    ['consent-expired', 'consent-expired', 'expired'],
    ['consent-revoked', 'consent-revoked', 'broken'],
  ])('%s', async (fault, code, state) => {
    await withConnected(async ({ started, call, link, sync }) => {
      started.bank.control.failNext({ call: 'entries', with: fault, times: 1, afterPage: 1 });
      await link();
      const failed = (await call('overview', {})).connections[0];
      expect(failed).toMatchObject({ state, failure: { code, ...failures[code] } });
      expect(await rowsOf(started)).toEqual([]);
      if (!failures[code].retries) return;
      await sync();
      expect((await call('overview', {})).connections[0]).toMatchObject({ state: 'connected' });
      expect((await rowsOf(started)).length).toBeGreaterThan(20);
    });
  });

  test('a bank that does not answer while it is being connected is told on the connect page', async () => {
    await withFolder((folder) =>
      withLocal({ folder }, async (started) => {
        const call = callerOf(started);
        const browser = createFormBrowser();
        await browser.open((await call('startConnect', {})).url);
        await chooseSandboxBank(browser);
        await started.closeBank();
        const { html } = await browser.submit(/Continue/);
        expect(html).toContain(failures['bank-unavailable'].text);
        expect(html).toContain('Try again in some minutes.');
        expect((await call('overview', {})).connections).toEqual([]);
      }),
    );
  });

  test('a user who declines at the bank is told so, with the way back', async () => {
    await withFolder((folder) =>
      withLocal({ folder }, async (started) => {
        const browser = createFormBrowser();
        await browser.open((await callerOf(started)('startConnect', {})).url);
        await chooseSandboxBank(browser);
        await browser.submit(/Continue/);
        await browser.submit(/Log in/, clara);
        const { html } = await browser.submit(/Decline/);
        expect(html).toContain(failures['confirmation-declined'].text);
        expect(html).toContain(`href="${started.world.bookUrl('')}"`);
      }),
    );
  });
});

describe('a sheet that cannot be written is told in the sidebar, and its rows wait', () => {
  test('not writable, then writable again', async () => {
    await withConnected(async ({ started, call, link, sync }) => {
      await started.sheets.setAccess(started.bookId, 'reader');
      await link();
      expect((await call('overview', {})).sheetFailure).toMatchObject({
        code: 'sheet-not-writable',
      });
      await started.sheets.setAccess(started.bookId, 'writer');
      expect(await rowsOf(started)).toEqual([]);
      await sync();
      expect((await call('overview', {})).sheetFailure).toBeUndefined();
      expect((await rowsOf(started)).length).toBeGreaterThan(20);
    });
  });

  test('gone', async () => {
    await withConnected(async ({ started, call, link }) => {
      await started.sheets.remove(started.bookId);
      await link();
      const { sheetFailure } = await call('overview', {});
      expect(sheetFailure).toMatchObject({ code: 'sheet-gone', text: failures['sheet-gone'].text });
    });
  });
});
