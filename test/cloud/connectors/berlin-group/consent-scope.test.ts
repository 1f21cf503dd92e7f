import { describe, expect, test } from '@jest/globals';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import { byPath, connectTo, json, user } from './strange-bank.ts';
import { asked, askOf, created, link, valid } from './strange-consent.ts';

describe('the accounts for which a bank is asked', () => {
  const away = created({ scaRedirect: link('https://bank.example/page') });
  const askedFor = async (settings: Partial<BerlinGroupBank>, credentials = {}) => {
    const { requests } = await askOf({ 'POST /v1/consents': away }, credentials, settings);
    return JSON.parse(requests[0]?.body ?? '').access;
  };

  test('are those that the user chooses, all, or those that were named', async () => {
    expect(await askedFor({})).toEqual({
      accounts: [],
      balances: [],
      transactions: [],
      additionalInformation: { ownerName: [] },
    });
    expect(await askedFor({ ownerName: false })).toEqual({
      accounts: [],
      balances: [],
      transactions: [],
    });
    expect(await askedFor({ scope: 'all' })).toEqual({ allPsd2: 'allAccountsWithOwnerName' });
    expect(await askedFor({ scope: 'all', ownerName: false })).toEqual({ allPsd2: 'allAccounts' });
    const named = [{ iban: 'DE89370400440532013000' }];
    const ibans = 'DE89 3704 0044 0532 0130 00';
    expect(await askedFor({ scope: 'named', ownerName: false }, { ibans })).toEqual({
      accounts: named,
      balances: named,
      transactions: named,
    });
  });

  test('are those that a first consent has listed, which the user confirms once more', async () => {
    const { connector, requests, ask } = await connectTo(
      byPath({
        'POST /v1/consents': [
          created({ scaRedirect: link('https://bank.example/1') }),
          created({ scaRedirect: link('https://bank.example/2') }, { consentId: 'C2' }),
        ],
        'GET /v1/consents/C1': valid,
        'GET /v1/consents/C2': valid,
        'GET /v1/accounts': json({
          accounts: [
            { iban: 'DE89370400440532013000', currency: 'EUR' },
            { iban: 'DE89370400440532013000', currency: 'USD' },
            { iban: 'DE02120300000000202051', currency: 'EUR', status: 'deleted' },
            { bban: '4800127731', currency: 'EUR' },
          ],
        }),
      }),
      { settings: { scope: 'listed', ownerName: false } },
    );
    const first = await ask();
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      access: { availableAccounts: 'allAccounts' },
      recurringIndicator: false,
      frequencyPerDay: 1,
    });
    const second = await connector.answerConfirmation(first.grant, { kind: 'returned' }, user);
    expect(second).toMatchObject({ confirmation: { url: 'https://bank.example/2' } });
    const listed = [{ iban: 'DE89370400440532013000' }, { bban: '4800127731' }];
    expect(JSON.parse(requests.at(-1)?.body ?? '')).toMatchObject({
      access: { accounts: listed, balances: listed, transactions: listed },
      recurringIndicator: true,
      validUntil: '2026-06-01',
    });
    const last = await connector.answerConfirmation(second.grant, { kind: 'returned' }, user);
    expect(last).toMatchObject({ kind: 'granted', grant: { consentId: 'C2' } });
  });

  test('are none where the bank lists none', async () => {
    const { goOn } = await asked(
      {
        'POST /v1/consents': away,
        'GET /v1/consents/C1': valid,
        'GET /v1/accounts': json({ accounts: [] }),
      },
      {},
      { scope: 'listed' },
    );
    await expect(goOn({ kind: 'returned' })).rejects.toMatchObject({ code: 'account-gone' });
  });
});
