import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ConfirmationNeeded, type Grant } from '../../../../cloud/ports/bank-connector.ts';
import { collect, entry } from '../../../contract/bank-connector.ts';
import { startIsrael, user } from '../../../providers/israel/serve.ts';

describe('One Zero', () => {
  let served: Awaited<ReturnType<typeof startIsrael>>;
  beforeAll(async () => {
    served = await startIsrael({ expires: true });
  });
  beforeEach(() => served.clock.set('2026-03-10T12:00:00.000Z'));
  afterAll(async () => {
    expect(served.leaks).toEqual([]);
    await served.stop();
  });

  const started = async (more: Readonly<Record<string, string>> = {}) =>
    served.connector.startAccess({
      institution: served.institution,
      redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
      notificationUrl: 'http://127.0.0.1:4711/hooks/israel',
      validUntil: '2026-08-31',
      credentials: { ...(await served.credentialsOf('clara', 'sandbox')), ...more },
      user,
    });
  const answer = (grant: Grant, text: string) =>
    served.connector.answerConfirmation(grant, { kind: 'code', text }, user);
  const sent = () => served.side.paths().filter((path) => path.endsWith('/otp/prepare')).length;

  test('asks for the code that it has sent, in whatever process the answer arrives', async () => {
    const step = await started();
    expect(step).toMatchObject({
      kind: 'asked',
      confirmation: { kind: 'code', format: 'digits' },
      expiresAt: '2026-03-10T12:10:00.000Z',
    });
    const kept = JSON.parse(JSON.stringify(step.grant)) as Grant;
    await expect(answer(kept, '000000')).rejects.toMatchObject({ code: 'code-rejected' });
    const granted = await answer(kept, ` ${served.code()} `);
    expect(granted).toMatchObject({ kind: 'granted', grant: { company: 'oneZero' } });
    expect(granted.grant).not.toHaveProperty('otpContext');
    const session = await served.connector.open(granted.grant, undefined);
    expect(await session.accounts()).not.toHaveLength(0);
  });

  test('sends no code where a field is empty or the phone is none', async () => {
    const before = sent();
    for (const more of [{ password: '' }, { 'phone-number': '12' }, { 'phone-number': 'dana' }]) {
      await expect(started(more)).rejects.toMatchObject({ code: 'login-rejected' });
    }
    expect(sent()).toBe(before);
    await expect(answer({ company: 'oneZero', login: '{}' }, '1')).rejects.toMatchObject({
      code: 'confirmation-expired',
    });
    await expect(answer({ company: 'other', login: '{}' }, '1')).rejects.toMatchObject({
      code: 'consent-expired',
    });
  });

  test('wants a new code when the last one has run out, and sends it only to a user who is there', async () => {
    const grant = await served.connect();
    served.clock.passMinutes(50);
    const before = sent();
    const alone = await served.connector.open(grant, undefined);
    await expect(alone.accounts()).rejects.toMatchObject({ code: 'needs-confirmation' });
    expect(sent()).toBe(before);
    const present = await served.connector.open(grant, user);
    const asked = await present.accounts().catch((error: unknown) => error);
    expect(asked).toBeInstanceOf(ConfirmationNeeded);
    expect(sent()).toBe(before + 1);
    const { grant: waiting } = (asked as ConfirmationNeeded).asked;
    expect(Object.keys(waiting).sort()).toEqual(['company', 'login', 'otpContext']);
    const granted = await answer(waiting, served.code());
    const again = await served.connector.open(granted.grant, undefined);
    expect(await again.accounts()).not.toHaveLength(0);
  });

  test('is not asked twice with a wrong password', async () => {
    const grant = await served.connect('clara', 'wrong-word');
    const before = served.side.logins();
    const session = await served.connector.open(grant, user);
    const refused = { code: 'login-rejected' };
    await expect(session.accounts()).rejects.toMatchObject(refused);
    await expect(session.balance('18-1')).rejects.toMatchObject(refused);
    expect(served.side.logins()).toBe(before + 1);
  });

  test('is logged in to once for a whole sync, and shows what moved in the window alone', async () => {
    const days = ['2025-11-01', '2026-02-01', '2026-03-09'];
    const entries = days.map((bookingDate) => entry({ bookingDate, reference: bookingDate }));
    served.control.show('current', {
      entries,
      balance: { booked: { minor: 77, currency: 'EUR' } },
    });
    const grant = await served.connect();
    const before = served.side.logins();
    const session = await served.connector.open(grant, undefined);
    const [account] = await session.accounts();
    const id = account?.externalId ?? '';
    const shown = await collect(session.entries(id, { from: '2026-02-15' }));
    expect(shown.map(({ reference }) => reference)).toEqual(['2026-03-09']);
    expect(await session.balance(id)).toEqual({ booked: { minor: 77, currency: 'EUR' } });
    expect(served.side.logins()).toBe(before + 1);
    await session.close();
  });
});
