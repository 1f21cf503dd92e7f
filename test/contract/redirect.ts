import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BankConnector, BankErrorCode, Grant } from '../../cloud/ports/bank-connector.ts';
import type { Institution } from '../../shared/bank.ts';
import type { CalendarDate } from '../../shared/calendar-date.ts';
import { askByRedirect, finishRedirect } from './redirect-steps.ts';

/** A bank that asks its user on a page of its own. Its today is 2026-03-10. */
export interface RedirectWorld {
  readonly connector: BankConnector;
  readonly institution: Institution;
  /** What the user does on the page to which the confirmation leads. */
  decide(confirmationUrl: string, decision: 'allow' | 'decline'): Promise<void>;
  /** The user takes the permission back at the bank. */
  revokeAtBank(confirmationUrl: string): Promise<void>;
  /** What it then tells; absent: consent-revoked. */
  readonly revokedAs?: BankErrorCode;
  stop(): Promise<void>;
}

const user = { ipAddress: '192.0.2.7', userAgent: 'Test Browser' };

/** What every connector promises whose user confirms at the bank's own page. */
export function redirectContract(name: string, start: () => Promise<RedirectWorld>): void {
  describe(`${name} by a redirect`, () => {
    let world: RedirectWorld;
    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world.stop());

    const ask = (validUntil?: CalendarDate) => askByRedirect(world, validUntil);
    const finish = (grant: Grant) => finishRedirect(world.connector, grant);

    async function connect() {
      const { grant, page } = await ask();
      await world.decide(page, 'allow');
      const finished = await finish(grant);
      return { grant: finished.grant, page };
    }

    async function expectRevoked(grant: Grant, code: BankErrorCode = 'consent-revoked') {
      const session = await world.connector.open(grant, user);
      await expect(session.accounts()).rejects.toMatchObject({ code });
      await session.close();
    }

    test('gets a consent that the user allows, until the day that was asked for', async () => {
      const { grant, page } = await ask();
      await world.decide(page, 'allow');
      expect((await finish(grant)).validUntil).toBe('2026-06-30');
    });

    test('tells the end that the bank granted and not the one that was asked for', async () => {
      const { grant, page } = await ask('2030-01-01');
      await world.decide(page, 'allow');
      const { validUntil = '' } = await finish(grant);
      expect(validUntil < '2030-01-01').toBe(true);
    });

    test('tells that the user declined', async () => {
      const { grant, page } = await ask();
      await world.decide(page, 'decline');
      await expect(finish(grant)).rejects.toMatchObject({ code: 'confirmation-declined' });
    });

    test('tells that the user came back without a decision', async () => {
      const { grant } = await ask();
      await expect(finish(grant)).rejects.toMatchObject({ code: 'needs-confirmation' });
    });

    test('gives a consent back, and that a second time is no error', async () => {
      const { grant } = await connect();
      await world.connector.revokeAccess(grant);
      await world.connector.revokeAccess(grant);
      await expectRevoked(grant);
    });

    test('tells that the user took the consent back at the bank', async () => {
      const { grant, page } = await connect();
      await world.revokeAtBank(page);
      await expectRevoked(grant, world.revokedAs);
    });
  });
}
