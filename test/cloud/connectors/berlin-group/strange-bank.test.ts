import { describe, expect, test } from '@jest/globals';
import type { BerlinGroupBank } from '../../../../cloud/connectors/berlin-group/bank.ts';
import { createBerlinGroup } from '../../../../cloud/connectors/berlin-group/connector.ts';
import type { Grant } from '../../../../cloud/ports/bank-connector.ts';
import type { Clock } from '../../../../cloud/ports/clock.ts';
import { startFaultProxy } from '../../../contract/fault-proxy.ts';
import { askByRedirect, finishRedirect } from '../../../contract/redirect-steps.ts';
import { strangeProviderContract } from '../../../contract/strange-provider.ts';
import { startBank } from '../../local/bank/bank-server.ts';
import { decideAtBank } from '../../local/bank/visit-bank.ts';
import { arrangedBy } from '../arranged-by.ts';
import {
  type Answer,
  closeBanks,
  connectTo,
  grant,
  json,
  report,
  transaction,
  user,
} from './strange-bank.ts';

strangeProviderContract('berlin-group at the Sandbox Bank', async () => {
  const bank = await startBank({ traits: { unattendedPerDay: 1_000 } });
  const until = new Date('2026-03-10T14:00:00.000Z');
  const faults = await startFaultProxy(bank.url, until);
  const world = await startConnector(bank.at(faults.url), bank.clock);
  return {
    ...bank,
    ...world,
    ...arrangedBy(bank.control),
    faults,
    async connect() {
      const { grant: asked, page } = await askByRedirect(world);
      // Behind the proxy the bank does not know its own address.
      await decideAtBank(new URL(new URL(page).pathname, bank.url).href, 'allow');
      return (await finishRedirect(world.connector, asked)).grant;
    },
    isOf: (call, { path }) => new RegExp(`${paths[call]}(\\?|$)`).test(path),
    async stop() {
      await faults.stop();
      await bank.stop();
    },
  };
});

const paths = { accounts: '/accounts', balances: '/balances', entries: '/transactions' };

async function startConnector(bank: BerlinGroupBank, clock: Clock) {
  const connector = createBerlinGroup({ fetch, clock, banks: [bank], timeoutMs: 1_200 });
  return { connector, institution: bank.institution };
}

describe('a bank that answers with no statement', () => {
  test.each<[string, Answer, string]>([
    ['another shape', json([]), 'field '],
    ['no transactions', json({}), 'field transactions'],
    [
      'an amount that is no number',
      json(report([{ transactionAmount: { amount: '4,50', currency: 'EUR' } }])),
      'an amount is digits',
    ],
    [
      'an amount with too many decimals',
      json(report([{ transactionAmount: { amount: '4.501', currency: 'EUR' } }])),
      'at most 2 decimals',
    ],
    [
      'a currency that is none',
      json(report([{ transactionAmount: { amount: '4', currency: 'euro' } }])),
      'three capital letters',
    ],
    [
      'an entry without amount',
      json(report([transaction, {}])),
      'field transactions.booked.1.transactionAmount',
    ],
    [
      'a day that is none',
      json(report([{ ...transaction, bookingDate: '2026-02-30' }])),
      'field transactions.booked.0.bookingDate',
    ],
    [
      'a name that is a list',
      json(report([{ ...transaction, creditorName: ['A'] }])),
      'field transactions.booked.0.creditorName',
    ],
    ['entries that are no list', json(report({ first: transaction })), 'field transactions.booked'],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { Location: 'http://192.0.2.1/' }).end(),
      '302',
    ],
    [
      'a next page elsewhere',
      json(report([transaction], 'http://192.0.2.1/v1/next')),
      'another host',
    ],
    ['a next page that is no address', json(report([transaction], 'http://[')), 'another host'],
  ])('is not believed when it sends %s', async (_name, answer, detail) => {
    const { entries, requests } = await connectTo(answer);
    await expect(entries()).rejects.toMatchObject({
      code: 'reply-unreadable',
      detail: expect.stringContaining(detail),
    });
    expect(requests).toHaveLength(1);
  });

  test('is left when its answer never ends', async () => {
    const { entries } = await connectTo((_, response) => {
      const chunk = Buffer.alloc(1_000_000, ' ');
      const more = () => response.write(chunk, (error) => error || setImmediate(more));
      more();
    });
    await expect(entries()).rejects.toMatchObject({
      code: 'reply-unreadable',
      detail: 'entries: over 30000000 bytes',
    });
  });

  test('is left when its pages go in a circle', async () => {
    const { entries, requests } = await connectTo(
      json(report([transaction], '/psd2/v1/accounts/A1/transactions?page=2')),
    );
    await expect(entries()).rejects.toMatchObject({ detail: 'entries: pages without end' });
    expect(requests).toHaveLength(2);
  });

  test('is left when there is always one more page', async () => {
    let page = 1;
    const { entries, requests } = await connectTo((request, response) => {
      page += 1;
      json(report([], `?page=${page}`))(request, response);
    });
    await expect(entries()).rejects.toMatchObject({ detail: 'entries: pages without end' });
    expect(requests).toHaveLength(1_000);
  });
});

describe('a bank that is not there', () => {
  test('is unavailable, of which no status is told', async () => {
    const { entries, calls } = await connectTo(json({}));
    closeBanks();
    await expect(entries()).rejects.toMatchObject({ code: 'bank-unavailable' });
    expect(calls).toEqual([{ call: 'entries' }]);
  });
});

describe('what a bank is told', () => {
  test('is the address of a user who is present, bare, and of none who is not', async () => {
    const { connector, requests } = await connectTo(json({ accounts: [] }));
    await (await connector.open(grant, user)).accounts();
    await (await connector.open(grant, undefined)).accounts();
    const [present, absent] = requests.map(({ headers }) => headers);
    expect(present).toMatchObject({
      'psu-ip-address': '192.0.2.7',
      'psu-user-agent': 'Br?wser?1',
      'consent-id': 'secret-consent',
    });
    expect(Object.keys(absent ?? {}).filter((name) => name.startsWith('psu-'))).toEqual([]);
    expect(present?.['x-request-id']).not.toBe(absent?.['x-request-id']);
  });

  test('stays inside its own paths, whatever an account is called', async () => {
    const { session, requests } = await connectTo(json({ balances: [] }));
    await session.balance('../../admin?x#y');
    expect(requests[0]?.url).toBe('/psd2/v1/accounts/..%2F..%2Fadmin%3Fx%23y/balances');
  });

  test('is nothing at all when the bank is not set up here', async () => {
    const { connector, requests } = await connectTo(json({}));
    const accountsOf = async (other: Grant) => (await connector.open(other, user)).accounts();
    const elsewhere = accountsOf({ ...grant, institutionId: 'berlin-group:other' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'provider-not-configured' });
    const without = accountsOf({ institutionId: grant.institutionId });
    await expect(without).rejects.toMatchObject({ code: 'consent-expired' });
    expect(requests).toEqual([]);
  });
});
