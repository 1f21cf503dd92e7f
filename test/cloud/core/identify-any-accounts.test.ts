import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identifyAccounts } from '../../../cloud/core/account-key.ts';
import { feed, identify, known, withoutFeed } from './accounts.ts';

describe('any accounts', () => {
  const account = fc
    .record({
      iban: fc.constantFrom(undefined, 'DE89370400440532013000', 'DE02120300000000202051'),
      identification: fc.constantFrom(undefined, undefined, 'h1', 'h2'),
      mask: fc.constantFrom(undefined, '4471', '9999'),
      product: fc.constantFrom(undefined, 'Gold', 'Platin'),
      name: fc.constantFrom('', 'Visa', 'Konto'),
      type: fc.constantFrom('card' as const, 'current' as const),
      currency: fc.constantFrom('EUR', 'USD'),
    })
    .map(({ iban, identification, mask, product, ...rest }) => ({
      ...rest,
      holder: 'Erika Muster',
      ...(iban && { iban }),
      ...(identification && { identification }),
      ...(mask && { mask }),
      ...(product && { product }),
    }));
  const accounts = (prefix: string) =>
    fc
      .array(account, { maxLength: 5 })
      .map((some) => some.map((it, at) => ({ ...it, externalId: `${prefix}${at}` })));
  const before = fc
    .tuple(accounts('o'), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
    .map(([some, fed]) => some.map((it, at) => (fed[at] ? known(it) : withoutFeed(it))));

  test('have each a key of its own, and each known one is at most one of those shown', () => {
    fc.assert(
      fc.property(accounts('n'), before, (shown, docs) => {
        const { accounts: found, gone, unclear } = identifyAccounts(shown, docs);
        expect(found.map(({ externalId }) => externalId)).toEqual(
          shown.map(({ externalId }) => externalId),
        );
        const lost = [...gone, ...unclear.map((it) => it.account)].map(({ key }) => key);
        const keys = [...found.map(({ key }) => key), ...lost];
        expect(new Set(keys).size).toBe(keys.length);
        for (const { key, feed: filled } of docs) if (filled) expect(keys).toContain(key);
      }),
    );
  });

  test('are found the same in whatever order the bank shows them', () => {
    const sorted = ({ keys, gone, unclear }: ReturnType<typeof identify>) => ({
      keys,
      gone: gone.toSorted(),
      unclear: Object.fromEntries(
        Object.entries(unclear).map(([key, candidates]) => [key, candidates.toSorted()]),
      ),
    });
    fc.assert(
      fc.property(accounts('n'), before, (shown, docs) => {
        const straight = identify(shown, docs);
        expect(sorted(identify(shown.toReversed(), docs.toReversed()))).toEqual(sorted(straight));
      }),
    );
  });

  test('shown again as they were are all known, whatever they look like', () => {
    fc.assert(
      fc.property(accounts('o'), (shown) => {
        const named = shown.map((it) => ({ ...it, name: it.name || 'Konto' }));
        const docs = identifyAccounts(named, []).accounts.map((it) => ({ ...it, feed }));
        const { keys, gone, unclear } = identify(named, docs);
        expect({ gone, unclear }).toEqual({ gone: [], unclear: {} });
        expect(keys).toEqual(Object.fromEntries(docs.map((it) => [it.externalId, it.key])));
      }),
    );
  });
});
