import { describe, expect, test } from '@jest/globals';
import {
  byPath,
  connectTo,
  grant,
  json,
  refusal,
  report,
  transaction,
  user,
} from './strange-bank.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });
const balance = (amount: string, currency: string, balanceType = 'interimBooked') => ({
  balanceAmount: { amount, currency },
  balanceType,
});

describe('card accounts', () => {
  const withCards = { grant: { ...grant, cards: 'told' } };
  const card = {
    resourceId: 'K1',
    maskedPan: '523456xxxxxx4471',
    currency: 'EUR',
    product: 'Gold',
    ownerName: 'Erika Muster',
  };
  const purchase = {
    cardTransactionId: 'T1',
    transactionDate: '2026-03-01',
    bookingDate: '2026-03-03',
    valueDate: '2026-04-01',
    transactionAmount: { amount: '-256.67', currency: 'EUR' },
    originalAmount: { amount: '300.00', currency: 'USD' },
    cardAcceptorAddress: { townName: 'Karlsruhe', country: 'DE' },
    transactionDetails: 'WIFIMARKET.IT',
  };
  const cardReport = (booked: object[], more: object = {}, next?: string) =>
    json({
      cardAccount: { maskedPan: card.maskedPan },
      cardTransactions: {
        booked,
        pending: [],
        _links: { cardAccount: { href: '/x' }, ...(next && { next: { href: next } }) },
      },
      ...more,
    });

  test.each(['card-account', 'cardAccount'])(
    'are asked for where the consent says so by %s',
    async (name) => {
      const { connector, requests } = await connectTo(
        byPath({
          'GET /v1/consents/secret-consent': json({
            consentStatus: 'valid',
            _links: { account: { href: '/v1/accounts' }, [name]: { href: '/v1/card-accounts' } },
          }),
          'GET /v1/accounts': json({ accounts: [{ resourceId: 'A1', currency: 'EUR' }] }),
          'GET /v1/card-accounts': json({ cardAccounts: [card, { ...card, status: 'deleted' }] }),
        }),
      );
      const step = await connector.answerConfirmation(grant, { kind: 'returned' }, user);
      const accounts = await (await connector.open(step.grant, user)).accounts();
      expect(accounts).toEqual([
        { externalId: 'A1', name: '', holder: '', type: 'current', currency: 'EUR' },
        {
          externalId: 'card-accounts/K1',
          mask: '4471',
          name: 'Gold',
          product: 'Gold',
          holder: 'Erika Muster',
          type: 'card',
          currency: 'EUR',
        },
      ]);
      expect(requests.at(-1)?.headers['consent-id']).toBe('secret-consent');
    },
  );

  test('that stand among the accounts too are shown once', async () => {
    const cards = [card, { ...card, resourceId: 'K2', maskedPan: '523456xxxxxx4472' }];
    const { session } = await connectTo(
      byPath({
        'GET /v1/accounts': json({
          accounts: [
            { resourceId: 'K1', currency: 'EUR' },
            { resourceId: 'A2', maskedPan: '523456xxxxxx4472', currency: 'EUR' },
          ],
        }),
        'GET /v1/card-accounts': json({
          cardAccounts: [...cards, { resourceId: 'K3', currency: 'EUR' }],
        }),
      }),
      withCards,
    );
    const accounts = await session.accounts();
    expect(accounts.map(({ externalId }) => externalId)).toEqual(['K1', 'A2', 'card-accounts/K3']);
  });

  test('are not asked for without', async () => {
    const { session, requests } = await connectTo(json({ accounts: [] }));
    await session.accounts();
    expect(requests).toHaveLength(1);
  });

  test('have entries by the day of the purchase, over several pages', async () => {
    const path = 'GET /v1/card-accounts/K1/transactions';
    const refund = { amount: '1', currency: 'EUR' };
    const { entries } = await connectTo(
      byPath({
        [path]: [
          cardReport([purchase], {}, '/v1/card-accounts/K1/transactions?page=2'),
          cardReport([{ transactionAmount: refund, originalAmount: refund }]),
        ],
      }),
      withCards,
    );
    expect(await entries('2026-01-01', 'card-accounts/K1')).toEqual([
      {
        status: 'booked',
        reference: 'T1',
        bookingDate: '2026-03-03',
        valueDate: '2026-03-01',
        amount: euros(-25_667),
        original: { minor: -30_000, currency: 'USD' },
        counterparty: '',
        text: 'WIFIMARKET.IT\nKarlsruhe, DE',
      },
      { status: 'booked', amount: euros(100), counterparty: '', text: '' },
    ]);
  });

  test('of an issuer that counts debits up have the sign that they have with us', async () => {
    const spent = { ...purchase, transactionAmount: { amount: '256.67', currency: 'EUR' } };
    const none = { transactionAmount: { amount: '0', currency: 'EUR' } };
    const balances = [balance('256.67', 'EUR'), balance('743.33', 'EUR', 'interimAvailable')];
    const { entries, session } = await connectTo(
      byPath({
        'GET /v1/card-accounts/K1/transactions': cardReport([spent, none], {
          debitAccounting: true,
        }),
        'GET /v1/card-accounts/K1/balances': json({ balances, debitAccounting: true }),
      }),
      withCards,
    );
    const [entry, check] = await entries('2026-01-01', 'card-accounts/K1');
    expect(check?.amount).toEqual(euros(0));
    expect(entry).toMatchObject({ amount: euros(-25_667), original: { minor: -30_000 } });
    expect(await session.balance('card-accounts/K1')).toEqual({
      booked: euros(-25_667),
      available: euros(74_333),
    });
  });

  test('that are gone are gone alone', async () => {
    const { session } = await connectTo(refusal(404, 'RESOURCE_UNKNOWN'), withCards);
    await expect(session.balance('card-accounts/K1')).rejects.toMatchObject({
      code: 'account-gone',
    });
  });
});

describe('an account with several currencies', () => {
  const iban = 'DE89370400440532013000';
  const whole = { resourceId: 'M1', iban, currency: 'XXX', name: 'Many' };

  test('is one for each currency in which the bank tells a balance', async () => {
    const mixed = ['EUR', 'USD', 'EUR'].map((currency, index) => ({
      transactionId: `T${index}`,
      transactionAmount: { amount: '1', currency },
    }));
    const other = { resourceId: 'A1', iban: 'DE02120300000000202051', currency: 'EUR' };
    const { session, entries, requests } = await connectTo(
      byPath({
        'GET /v1/accounts': json({ accounts: [whole, other] }),
        'GET /v1/accounts/M1/balances': json({
          balances: [balance('5.00', 'USD'), balance('7.00', 'EUR'), balance('0', 'XXX')],
        }),
        'GET /v1/accounts/M1/transactions': json(report(mixed)),
      }),
    );
    const accounts = await session.accounts();
    expect(accounts).toMatchObject([
      { externalId: 'M1#EUR', iban, currency: 'EUR', name: 'Many' },
      { externalId: 'M1#USD', iban, currency: 'USD' },
      { externalId: 'A1' },
    ]);
    expect(await session.balance('M1#EUR')).toEqual({ booked: euros(700) });
    const found = await entries('2026-01-01', 'M1#EUR');
    expect(found.map(({ reference }) => reference)).toEqual(['T0', 'T2']);
    expect(requests.at(-1)?.url).toMatch(/^\/psd2\/v1\/accounts\/M1\/transactions\?/);
  });

  test('is not shown beside its parts where the bank lists both', async () => {
    const parts = ['EUR', 'USD'].map((currency) => ({ resourceId: currency, iban, currency }));
    const { session } = await connectTo(json({ accounts: [whole, ...parts] }));
    const accounts = await session.accounts();
    expect(accounts.map(({ externalId }) => externalId)).toEqual(['EUR', 'USD']);
  });
});

describe('the next page of a bank', () => {
  const rest = json(report([transaction]));
  const next = (href: unknown) => {
    const { transactions } = report([transaction]);
    return json({ transactions: { ...transactions, _links: { next: href } } });
  };
  const path = '/v1/accounts/A1/transactions?page=2';

  test.each<[string, unknown]>([
    ['a path of its host', { href: `/psd2${path}` }],
    ['a path as the bank behind the gateway knows it', { href: path }],
    ['the same without a slash', { href: path.slice(1) }],
    ['a query alone', { href: '?page=2' }],
    ['a bare text', `/psd2${path}`],
  ])('is found by %s', async (_, href) => {
    const { entries, requests } = await connectTo(
      byPath({ 'GET /v1/accounts/A1/transactions': [next(href), rest] }),
    );
    expect(await entries()).toHaveLength(2);
    expect(requests.at(-1)?.url).toBe(`/psd2${path}`);
  });

  test('is found beside the transactions', async () => {
    const first = json({ ...report([transaction]), _links: { next: { href: `/psd2${path}` } } });
    const { entries } = await connectTo(
      byPath({ 'GET /v1/accounts/A1/transactions': [first, rest] }),
    );
    expect(await entries()).toHaveLength(2);
  });

  test.each([null, { href: null }, { href: '' }, ''])(
    'is none where its link is %j',
    async (href) => {
      const { entries } = await connectTo(next(href));
      expect(await entries()).toHaveLength(1);
    },
  );

  test.each([{}, 7, { href: {} }])('is not missed where its link is %j', async (href) => {
    const { entries } = await connectTo(next(href));
    await expect(entries()).rejects.toMatchObject({ code: 'reply-unreadable' });
  });

  test('may be empty, and is not the end for that', async () => {
    const answers = [json(report([], `/psd2${path}`)), rest];
    const { entries } = await connectTo(byPath({ 'GET /v1/accounts/A1/transactions': answers }));
    expect(await entries()).toHaveLength(1);
  });
});
