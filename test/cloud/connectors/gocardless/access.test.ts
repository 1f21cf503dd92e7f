import { describe, expect, test } from '@jest/globals';
import type { Institution } from '../../../../shared/bank.ts';
import { accountId, answering, type Script, scripted, user } from './scripted.ts';

const bank = {
  id: 'SANDBOX_SANDDEFF',
  name: 'Sandbox Bank',
  bic: 'SANDDEFFXXX',
  transaction_total_days: '540',
  max_access_valid_for_days: '180',
  countries: ['DE'],
  logo: 'https://logos.example/1.png',
};

async function listOf(...banks: object[]) {
  return scripted({ 'GET /institutions/': answering(banks) }).connector.institutions();
}

describe('the banks that GoCardless lists', () => {
  test('are institutions with all that is told of them', async () => {
    expect(await listOf(bank)).toEqual([
      {
        id: 'gocardless:sandbox-sanddeff',
        connector: 'gocardless',
        name: 'Sandbox Bank',
        country: 'DE',
        bic: 'SANDDEFFXXX',
        wayIn: 'psd2',
        historyDays: 540,
        consentDays: 180,
        logo: 'https://logos.example/1.png',
      },
    ]);
  });

  test('are one for each country, and are shown without one that cannot be read', async () => {
    const bare = { id: 'A_B', name: 'A', countries: ['at', 'FR', ''] };
    expect(await listOf({ id: 7 }, bare)).toMatchObject([
      { id: 'gocardless:a-b-at', country: 'AT', historyDays: 90, consentDays: 90 },
      { id: 'gocardless:a-b-fr', country: 'FR' },
    ]);
  });

  test('go back 90 days where they give long history once alone', async () => {
    const days = async (more: object) => (await listOf({ ...bank, ...more }))[0]?.historyDays;
    expect(await days({ id: 'N26_NTSBDEB1' })).toBe(90);
    expect(await days({ id: 'SWEDBANK_HABALT22', transaction_total_days: '30' })).toBe(30);
    expect(await days({ supported_features: ['separate_continuous_history_consent'] })).toBe(90);
    expect(await days({ transaction_total_days: '9000' })).toBe(730);
  });
});

/** Asks for access to a bank, which answers to agreements as the script says. */
async function start(
  more: { validUntil?: string; features?: string[]; script?: Script; country?: string } = {},
) {
  const { country = 'DE', validUntil = '2026-09-06', features = [], script = {} } = more;
  const whole = scripted({
    'GET /institutions/': answering([bank]),
    'GET /institutions/SANDBOX_SANDDEFF/': answering({ ...bank, supported_features: features }),
    'POST /agreements/enduser/': answering({
      id: 'a-1',
      max_historical_days: 540,
      access_valid_for_days: 180,
    }),
    'POST /requisitions/': answering({ id: 'r-1', link: 'https://pages.example/start' }, 201),
    ...script,
  });
  const list = await whole.connector.institutions();
  const institution = list.find((one) => one.country === country);
  const step = whole.connector.startAccess({
    institution: institution as Institution,
    redirectUrl: 'https://book.example/connect/callback?state=s1',
    notificationUrl: 'https://book.example/hooks/gocardless',
    credentials: {},
    validUntil,
    user,
  });
  const bodyOf = (call: string) =>
    whole.asked.filter((one) => one.call === call).map(({ body }) => body);
  return { ...whole, step, bodyOf };
}

describe('access by GoCardless', () => {
  test('is asked for as long and as far back as the bank is said to give', async () => {
    const { step, bodyOf, calls } = await start();
    expect(await step).toEqual({
      kind: 'asked',
      grant: {
        institutionId: 'gocardless:sandbox-sanddeff',
        requisitionId: 'r-1',
        agreementId: 'a-1',
      },
      confirmation: { kind: 'redirect', url: 'https://pages.example/start' },
    });
    expect(calls()).toContain('GET /institutions/?country=DE');
    expect(bodyOf('POST /agreements/enduser/')).toEqual([
      {
        institution_id: 'SANDBOX_SANDDEFF',
        max_historical_days: 540,
        access_valid_for_days: 180,
        access_scope: ['balances', 'details', 'transactions'],
      },
    ]);
    expect(bodyOf('POST /requisitions/')).toEqual([
      {
        redirect: 'https://book.example/connect/callback?state=s1',
        institution_id: 'SANDBOX_SANDDEFF',
        agreement: 'a-1',
      },
    ]);
  });

  test('is asked for until the day, with a choice of accounts where the bank has one', async () => {
    const features = ['account_selection', 'separate_continuous_history_consent'];
    const { step, bodyOf } = await start({ validUntil: '2026-03-20', features });
    await step;
    expect(bodyOf('POST /agreements/enduser/')).toMatchObject([
      { max_historical_days: 90, access_valid_for_days: 10 },
    ]);
    expect(bodyOf('POST /requisitions/')).toMatchObject([{ account_selection: true }]);
  });

  test('is asked for 90 days where the bank does not give what it is said to', async () => {
    const refuse = Response.json({ access_valid_for_days: { summary: 'No' } }, { status: 400 });
    const script = (granted: number): Script => ({
      'POST /agreements/enduser/': (_, count) =>
        count <= granted
          ? refuse.clone()
          : Response.json({ id: 'a-2', max_historical_days: 90, access_valid_for_days: 90 }),
    });
    const { step, bodyOf } = await start({ script: script(1) });
    expect(await step).toMatchObject({ grant: { agreementId: 'a-2' } });
    expect(bodyOf('POST /agreements/enduser/')).toMatchObject([
      { max_historical_days: 540, access_valid_for_days: 180 },
      { max_historical_days: 90, access_valid_for_days: 90 },
    ]);
    const never = await start({ script: script(9) });
    await expect(never.step).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(never.bodyOf('POST /agreements/enduser/')).toHaveLength(2);
  });

  test('is asked for once where nothing less would help', async () => {
    const features = ['separate_continuous_history_consent'];
    const refusing = (status: number): Script => ({
      'POST /agreements/enduser/': answering({ institution_id: { summary: 'No' } }, status),
    });
    const short = await start({ validUntil: '2026-04-10', features, script: refusing(400) });
    await expect(short.step).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(short.bodyOf('POST /agreements/enduser/')).toHaveLength(1);
    const down = await start({ script: refusing(503) });
    await expect(down.step).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(down.bodyOf('POST /agreements/enduser/')).toHaveLength(1);
  });

  test('is asked for at a bank of many countries, however the list of one names them', async () => {
    for (const countries of [['AT', 'DE'], ['DE']]) {
      const listed = { ...bank, countries: ['AT', 'DE'] };
      const script: Script = {
        'GET /institutions/': (_, count) =>
          Response.json([count === 1 ? listed : { ...bank, countries }]),
      };
      const { step } = await start({ script, country: 'DE' });
      expect(await step).toMatchObject({
        grant: { institutionId: 'gocardless:sandbox-sanddeff-de' },
      });
    }
  });

  test('sends the user to no page that is less safe than the interface', async () => {
    const script: Script = {
      'POST /requisitions/': answering({ id: 'r-1', link: 'http://pages.example/start' }, 201),
    };
    const { step } = await start({ script });
    await expect(step).rejects.toMatchObject({ code: 'reply-unreadable' });
  });

  test('is what was granted, from the day on which the user said yes', async () => {
    const { connector, open } = scripted({
      'GET /requisitions/r-1/': answering({ status: 'LN', accounts: [] }),
      'GET /agreements/enduser/a-1/': answering({
        id: 'a-1',
        max_historical_days: 60,
        access_valid_for_days: 30,
        accepted: '2026-03-09T23:30:00Z',
      }),
    });
    const asked = { institutionId: 'gocardless:a', requisitionId: 'r-1', agreementId: 'a-1' };
    const step = await connector.answerConfirmation(asked, { kind: 'returned' }, user);
    expect(step).toEqual({
      kind: 'granted',
      grant: {
        institutionId: 'gocardless:a',
        requisitionId: 'r-1',
        historyFrom: '2026-01-08',
      },
      validUntil: '2026-04-08',
    });
    if (step.kind !== 'granted') return;
    const session = await open(step.grant);
    const older = session.entries(accountId, { from: '2026-01-07' })[Symbol.asyncIterator]();
    await expect(older.next()).rejects.toMatchObject({
      code: 'period-not-available',
      earliest: '2026-01-08',
    });
  });

  test('that was never given needs no giving back', async () => {
    const { connector, calls } = scripted({});
    await connector.revokeAccess({ institutionId: 'gocardless:a' });
    expect(calls()).toEqual([]);
  });
});

describe('accounts by GoCardless', () => {
  const closed = '6b7c8d9e-45d6-494b-adac-09b5cbc7e2b5';

  test('are asked once what they are like, also one that is closed, and it is kept', async () => {
    const { open, kept, calls } = scripted({
      'GET /requisitions/r-1/': answering({ status: 'LN', accounts: [accountId, closed] }),
      [`GET /accounts/${accountId}/`]: answering({ owner_name: 'Erika Muster' }),
      [`GET /accounts/${accountId}/details/`]: answering({ account: { currency: 'CHF' } }),
      [`GET /accounts/${closed}/`]: answering({}),
      [`GET /accounts/${closed}/details/`]: answering({ type: 'AccountInactiveError' }, 401),
    });
    const accounts = await (await open()).accounts();
    expect(accounts).toMatchObject([
      { externalId: accountId, holder: 'Erika Muster', currency: 'CHF' },
    ]);
    expect(kept).toHaveLength(1);
    const before = calls().length;
    expect(await (await open(kept[0])).accounts()).toEqual(accounts);
    expect(calls().slice(before)).toEqual(['GET /requisitions/r-1/']);
    expect(kept).toHaveLength(1);
  });

  test('are those that the requisition still names', async () => {
    const { open } = scripted({
      'GET /requisitions/r-1/': answering({ status: 'LN', accounts: [] }),
    });
    const known = { externalId: accountId, name: '', holder: '', type: 'current', currency: 'EUR' };
    const session = await open({ accounts: JSON.stringify([known]) });
    expect(await session.accounts()).toEqual([]);
  });

  test('are not guessed where the bank does not say what they are like', async () => {
    const { open, kept } = scripted({
      'GET /requisitions/r-1/': answering({ status: 'LN', accounts: [accountId] }),
      [`GET /accounts/${accountId}/`]: answering({}),
      [`GET /accounts/${accountId}/details/`]: answering({ type: 'RateLimitError' }, 429),
    });
    await expect((await open()).accounts()).rejects.toMatchObject({ code: 'rate-limited' });
    expect(kept).toEqual([]);
  });
});
