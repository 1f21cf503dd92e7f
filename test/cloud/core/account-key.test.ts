import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { identifyAccounts } from '../../../cloud/core/account-key.ts';
import type { ObservedAccount } from '../../../shared/bank.ts';
import { bare, giro, identify, known, visa, withoutFeed } from './accounts.ts';

const same = (externalId: string, key: string) => ({
  keys: { [externalId]: key },
  gone: [],
  unclear: {},
});

const isNew = expect.stringMatching(/^[0-9a-f]{24}$/);
const asNew = (externalId: string, ...gone: string[]) => ({
  keys: { [externalId]: isNew },
  gone,
  unclear: {},
});

describe('an account over reconnects', () => {
  test('is known by IBAN and currency, whatever else the bank changes', () => {
    const shown = {
      ...giro,
      externalId: 'n1',
      iban: 'de89 3704 0044 0532 0130 00',
      name: 'Konto',
      mask: '3000',
      product: 'Giro Plus',
    };
    const before = known(giro, { mask: '9999', product: 'Giro', identification: 'h1' });
    expect(identify([{ ...shown, identification: 'h2' }], [before])).toEqual(same('n1', 'k-x1'));
  });

  test('is another one with another IBAN or currency, though all else is the same', () => {
    const other = { ...giro, iban: 'DE02120300000000202051' };
    expect(identify([other], [known(giro)])).toEqual(asNew('x1', 'k-x1'));
    expect(identify([{ ...giro, currency: 'USD' }], [known(giro)])).toEqual(asNew('x1', 'k-x1'));
  });

  test('is known by the identification of the provider where there is no IBAN', () => {
    const before = [
      known({ ...visa, identification: 'h1' }),
      known({ ...visa, externalId: 'v2', identification: 'h2' }),
    ];
    const shown = [
      { ...visa, externalId: 'n2', identification: 'h2', name: 'Neu', mask: '9999' },
      { ...visa, externalId: 'n1', identification: 'h1' },
    ];
    const { keys } = identify(shown, before);
    expect(keys).toEqual({ n1: 'k-v1', n2: 'k-v2' });
  });

  test('is the one with its IBAN, though another has its identification', () => {
    const shown = [
      { ...bare, externalId: 'n1', identification: 'h1' },
      { ...giro, externalId: 'n2', identification: 'h2' },
    ];
    const { keys } = identify(shown, [known(giro, { identification: 'h1' })]);
    expect(keys).toEqual({ n1: isNew, n2: 'k-x1' });
  });

  test('is another one when the provider identifies it as another', () => {
    const before = known({ ...visa, identification: 'h1' });
    expect(identify([{ ...visa, identification: 'h2' }], [before])).toEqual(asNew('v1', 'k-v1'));
  });

  test('stays the same when one of product, type and name changes under the same mask', () => {
    const before = [known(visa)];
    const changes = [{ name: 'Neu' }, { product: 'Visa Platin' }, { type: 'current' }] as const;
    for (const change of changes) {
      const shown = { ...visa, ...change, externalId: 'n1' };
      expect(identify([shown], before)).toEqual(same('n1', 'k-v1'));
    }
  });

  test('is another one when two of them change, or the mask does', () => {
    const before = [known(visa)];
    const two = { ...visa, name: 'Neu', product: 'Visa Platin' };
    expect(identify([two], before)).toEqual(asNew('v1', 'k-v1'));
    expect(identify([{ ...visa, mask: '9999' }], before)).toEqual(asNew('v1', 'k-v1'));
  });

  test('is known by its name without IBAN and mask, as long as nothing speaks against it', () => {
    const depot: ObservedAccount = { ...bare, externalId: 'd1', name: 'Depot', type: 'investment' };
    const before = [known(depot)];
    const again = { ...depot, externalId: 'n1' };
    expect(identify([again], before)).toEqual(same('n1', 'k-d1'));
    expect(identify([{ ...again, product: 'Depot S' }], before)).toEqual(same('n1', 'k-d1'));
    expect(identify([{ ...again, name: 'Depot 2' }], before)).toEqual(asNew('n1', 'k-d1'));
    expect(identify([{ ...again, type: 'loan' }], before)).toEqual(asNew('n1', 'k-d1'));
    const empty = { ...depot, name: '' };
    expect(identify([empty], [known(empty)])).toEqual(asNew('d1', 'k-d1'));
  });

  test('is never known by the id of the bank alone', () => {
    const savings = { ...giro, iban: 'DE02120300000000202051', name: 'Tagesgeld' };
    expect(identify([savings], [known(giro)])).toEqual(asNew('x1', 'k-x1'));
    const other: ObservedAccount = { ...visa, mask: '1111', name: 'Debit', product: 'Debit' };
    expect(identify([other], [known(visa)])).toEqual(asNew('v1', 'k-v1'));
  });

  test('is gone when the bank no longer shows it', () => {
    expect(identify([], [known(giro), withoutFeed(visa)])).toEqual({
      keys: {},
      gone: ['k-x1', 'k-v1'],
      unclear: {},
    });
  });

  test('that a user took out of the book is known by the key that is left of its IBAN', () => {
    const key = identifyAccounts([giro], []).accounts[0]?.key ?? '';
    const left = withoutFeed(bare, { key });
    expect(identify([{ ...giro, name: 'Neu', externalId: 'n1' }], [left])).toEqual(same('n1', key));
    const other = { ...giro, iban: 'DE02120300000000202051', externalId: 'n1' };
    expect(identify([other], [left])).toEqual(asNew('n1', key));
  });

  test('that fills the book may get an IBAN that the bank did not show before', () => {
    expect(identify([giro], [known(bare)])).toEqual(same('x1', 'k-x1'));
  });
});

describe('accounts that look the same', () => {
  const first = { ...visa, externalId: 'n1' };
  const second = { ...visa, externalId: 'n2' };
  const twin = { ...visa, externalId: 'v2' };

  test('are told apart by the id of the bank where that stayed', () => {
    const { keys, unclear } = identify([twin, visa], [known(visa), known(twin)]);
    expect(keys).toEqual({ v1: 'k-v1', v2: 'k-v2' });
    expect(unclear).toEqual({});
    expect(identify([twin], [known(visa), known(twin)])).toEqual({
      keys: { v2: 'k-v2' },
      gone: ['k-v1'],
      unclear: {},
    });
  });

  test('are told apart by their names rather than by ids that the bank gives anew', () => {
    const before = [known({ ...visa, name: 'Erika' }), known({ ...twin, name: 'Jonas' })];
    const shown = [
      { ...twin, name: 'Erika' },
      { ...visa, name: 'Jonas' },
    ];
    expect(identify(shown, before).keys).toEqual({ v2: 'k-v1', v1: 'k-v2' });
  });

  test('and have the same id, too, are one that the bank lists twice', () => {
    expect(identify([visa, { ...visa }], [known(visa)])).toEqual(same('v1', 'k-v1'));
    const { accounts } = identifyAccounts([visa, { ...visa }, { ...visa, currency: 'USD' }], []);
    expect(accounts.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  });

  test('are for the user to tell apart where that changed', () => {
    const both = ['n1', 'n2'];
    expect(identify([first, second], [known(visa), known(twin)])).toEqual({
      keys: { n1: isNew, n2: isNew },
      gone: [],
      unclear: { 'k-v1': both, 'k-v2': both },
    });
    expect(identify([first, second], [known(visa)]).unclear).toEqual({ 'k-v1': both });
    expect(identify([first], [known(visa), known(twin)]).unclear).toEqual({
      'k-v1': ['n1'],
      'k-v2': ['n1'],
    });
  });

  test('are new where they fill nothing', () => {
    const before = [withoutFeed(visa), withoutFeed(twin)];
    const { keys, gone, unclear } = identify([first, second], before);
    expect(keys).toEqual({ n1: isNew, n2: isNew });
    expect({ gone, unclear }).toEqual({ gone: [], unclear: {} });
    const mixed = [known(visa), withoutFeed(twin)];
    expect(identify([first, second], mixed).unclear).toEqual({ 'k-v1': ['n1', 'n2'] });
  });

  test('are told apart when other evidence decides for one of them', () => {
    const before = [known({ ...visa, name: 'Erika' }), known({ ...twin, name: 'Jonas' })];
    const shown = [
      { ...first, name: 'Jonas' },
      { ...second, name: 'Neu' },
    ];
    expect(identify(shown, before)).toEqual({
      keys: { n1: 'k-v2', n2: 'k-v1' },
      gone: [],
      unclear: {},
    });
  });

  test('are unclear when one was renamed and the other has another product', () => {
    const shown = [
      { ...first, name: 'Neu' },
      { ...second, product: 'Visa Platin' },
    ];
    expect(identify(shown, [known(visa)]).unclear).toEqual({ 'k-v1': ['n1', 'n2'] });
    const stayed = [
      { ...first, name: 'Neu' },
      { ...twin, product: 'Visa Platin' },
    ];
    expect(identify(stayed, [known(twin)]).keys).toEqual({ n1: isNew, v2: 'k-v2' });
  });

  test('under one IBAN are told apart by all else', () => {
    const pot = { ...giro, externalId: 'x2', name: 'Reise' };
    const shown = [
      { ...pot, externalId: 'n2' },
      { ...giro, externalId: 'n1' },
    ];
    expect(identify(shown, [known(giro), known(pot)]).keys).toEqual({ n1: 'k-x1', n2: 'k-x2' });
  });

  test('stay unclear until the user has told, over any further reconnect', () => {
    const asked = identifyAccounts([first, second], [known(visa)]);
    const waiting = known(visa, { candidates: ['n1', 'n2'] });
    const again = identify([first, second], [...asked.accounts, waiting]);
    expect(again.unclear).toEqual({ 'k-v1': ['n1', 'n2'] });
    expect(again.keys).toEqual(
      Object.fromEntries(asked.accounts.map(({ externalId, key }) => [externalId, key])),
    );
    const next = [
      { ...first, externalId: 'm1' },
      { ...second, externalId: 'm2' },
    ];
    expect(identify(next, [...asked.accounts, waiting]).unclear).toEqual({ 'k-v1': ['m1', 'm2'] });
  });

  test('are no candidates once they fill the book themselves', () => {
    const taken = known(first, { key: 'k-taken' });
    const waiting = known(visa, { candidates: ['n1', 'n2'] });
    expect(identify([first], [taken, waiting])).toEqual({
      keys: { n1: 'k-taken' },
      gone: ['k-v1'],
      unclear: {},
    });
    expect(identify([first], [withoutFeed(first), known(visa)]).gone).toEqual(['k-v1']);
  });
});

describe('the key of a new account', () => {
  const hash = (evidence: string) =>
    createHash('sha256').update(evidence).digest('hex').slice(0, 24);
  const keyOf = (account: ObservedAccount) => identifyAccounts([account], []).accounts[0]?.key;

  test('is of its best evidence, so that it is found again when nothing is known any more', () => {
    expect(keyOf(giro)).toBe(hash('iban|DE89370400440532013000|EUR'));
    expect(keyOf({ ...giro, iban: 'de89 3704 0044 0532 0130 00' })).toBe(keyOf(giro));
    expect(keyOf({ ...visa, identification: 'h1' })).toBe(hash('identification|h1|EUR'));
    expect(keyOf(visa)).toBe(hash('mask|4471|Visa Gold|Visa Card|EUR'));
  });

  test('is of the id of the bank, too, where others have the same evidence', () => {
    const twins = [giro, { ...giro, externalId: 'x2' }];
    expect(identifyAccounts(twins, []).accounts.map(({ key }) => key)).toEqual([
      hash('iban|DE89370400440532013000|EUR|x1'),
      hash('iban|DE89370400440532013000|EUR|x2'),
    ]);
  });

  test('is never that of a known account, not even of one that is gone', () => {
    const evidence = 'mask|4471|Visa Gold|Visa Card|EUR';
    const gone = (key: string) => known({ ...visa, currency: 'USD' }, { key });
    const before = [gone(hash(evidence))];
    expect(identify([visa], before).keys).toEqual({ v1: hash(`${evidence}|v1`) });
    const more = [...before, gone(hash(`${evidence}|v1`))];
    expect(identify([visa], more).keys).toEqual({ v1: hash(`${evidence}|v1|2`) });
  });
});
