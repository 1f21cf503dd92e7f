import { expect, test } from '@jest/globals';
import { addDays, dayOf } from '../../../shared/calendar-date.ts';
import { connectSandboxBank, until } from '../../walk.ts';
import { createVisitor } from './bank/visit-bank.ts';
import { callerOf, rowsOf, withFolder, withLocal } from './local-walk.ts';

const clara = { login: 'clara', password: 'sandbox' };

test('a payment made at the bank stands in the book without anybody asking for a sync', async () => {
  await withFolder(async (folder) => {
    await withLocal({ folder }, async (started) => {
      const call = callerOf(started);
      await connectSandboxBank(call, clara);
      const { connections, now } = await call('overview', {});
      const [{ id: connectionId, accounts } = { id: '', accounts: [] }] = connections;
      const giro = accounts.find(({ type }) => type === 'current');
      await call('linkAccount', {
        connectionId,
        accountKey: giro?.key ?? '',
        bookAccount: { path: 'Assets:Giro', type: 'asset' },
        from: addDays(dayOf(now), -10),
      });
      await started.idle();

      const visitor = createVisitor();
      const home = await visitor.submit(await visitor.open(`${started.bankUrl}/`), '/login', clara);
      const payment = {
        account: 'current',
        direction: 'out',
        counterparty: 'Cafe Neu',
        text: 'Tea',
      };
      await visitor.submit(home, '/payments', { ...payment, amount: '3.10', status: 'booked' });
      const row = await until(async () =>
        (await rowsOf(started)).find(({ amount }) => amount === -3.1),
      );
      expect(JSON.stringify(row)).toContain('Cafe Neu');
      const [newest] = (await call('accessLog', { connectionId })).accesses;
      expect(newest).toMatchObject({ cause: 'notified', isUserPresent: false, result: 'complete' });

      const before = await call('accessLog', { connectionId });
      expect(await started.bank.control.repeatNotice()).toBe(200);
      await started.idle();
      expect(await call('accessLog', { connectionId })).toEqual(before);
    });
  });
});
