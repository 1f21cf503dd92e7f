import { describe, expect, test } from '@jest/globals';
import { unsync } from '../../../cloud/core/bank-accounts.ts';
import { setSuggestions } from '../../../cloud/core/change-suggestions.ts';
import { removeFileAccount } from '../../../cloud/core/keep-imports.ts';
import { teachBook } from '../../../cloud/core/teach-book.ts';
import { connectAs } from './connecting.ts';
import {
  both,
  february,
  file,
  iban,
  march,
  openBook,
  pocket,
  type Told,
  toPocket,
} from './made-up-files.ts';
import { bookId, entry } from './world.ts';

describe('an account that files alone fill', () => {
  test('has its balance proven, in the sidebar and the Accounts tab', async () => {
    const { take, ofFiles, rows, balances } = await openBook();
    const first = file({
      iban,
      currency: 'EUR',
      closing: ['93.60', '2026-02-28'],
      entries: february,
    });
    expect(await take(first, toPocket)).toMatchObject({ newRows: 3, known: 0 });
    expect(await ofFiles()).toMatchObject([
      { iban, name: 'Pocket', currency: 'EUR', balance: '93.60', proof: { kind: 'ties' } },
    ]);
    expect(balances()).toEqual([93.6, 93.6, 0]);
    const next = file({ iban, currency: 'EUR', closing: ['85.00', '2026-03-01'], entries: march });
    expect(await take(next)).toMatchObject({ newRows: 1, known: 1 });
    expect(await ofFiles()).toMatchObject([
      { balance: '85.00', proof: { kind: 'off', offBy: '-1.60' } },
    ]);
    expect(balances()).toEqual([85, 86.6, -1.6]);
    expect(rows()).toEqual(both);
  });

  test.each([
    ['with a number', { iban }],
    ['without one', {}],
  ])('and %s is removed leaves its rows, and goes on with them', async (_, told) => {
    const { world, take, ofFiles, rows } = await openBook();
    const content = file({ ...told, currency: 'EUR', entries: february });
    await take(content, toPocket);
    const [{ key = '' } = {}] = await ofFiles();
    await removeFileAccount(world.store, bookId, key);
    expect(await ofFiles()).toEqual([]);
    expect(rows()).toHaveLength(3);
    await expect(removeFileAccount(world.store, bookId, key)).rejects.toThrow('not-found');
    const again = await take(content, toPocket);
    expect(again).toMatchObject({ newRows: 0, known: 3 });
    expect(again.preview.accounts).toMatchObject([{ targetBy: 'user' }]);
  });

  test('keeps its newest balance when an older file comes later, and has none once it is old', async () => {
    const { take, ofFiles } = await openBook();
    const of = (entries: Told['entries'], closing?: Told['closing']) =>
      file({ iban, currency: 'EUR', entries, ...(closing && { closing }) });
    await take(of(march, ['86.60', '2026-03-01']), toPocket);
    await take(of(february, ['93.60', '2026-02-28']));
    expect(await ofFiles()).toMatchObject([
      { balance: '86.60', proof: { kind: 'ties' }, feed: { from: '2026-02-01' } },
    ]);
    await take(of([['2026-03-02', '-1.00']]));
    const [account] = await ofFiles();
    expect(account).not.toHaveProperty('balance');
    expect(account).toMatchObject({ proof: { kind: 'unknown' } });
  });

  test.each([
    ['with the number', { iban }],
    ['without a number', {}],
  ])(
    '%s goes on with the bank that is linked to it later, and back after it',
    async (_, number) => {
      const { world, bank, take, link, sync, ofFiles, rows, overview, look } = await openBook();
      await take(file({ ...number, currency: 'EUR', entries: march }), toPocket);
      await take(file({ ...number, currency: 'EUR', entries: february }), toPocket);
      expect(rows()).toEqual(both);
      bank.pages = [
        [...february, ...march.slice(1)].map(([bookingDate, amount]) =>
          entry(amount, { bookingDate }),
        ),
      ];
      const { key } = await connectAs(world);
      await link(key, pocket.path);
      expect(await ofFiles()).toEqual([]);
      expect(await sync(key)).toMatchObject({ outcome: 'complete', newRows: 0 });
      const [account] = (await overview()).connections[0]?.accounts ?? [];
      const again = file({
        ...number,
        currency: 'EUR',
        entries: [...march, ['2026-03-02', '-9.00']],
      });
      expect(await look(again, toPocket)).toMatchObject([{ change: { newRows: 1, known: 2 } }]);
      await unsync(world, bookId, key);
      expect(await take(again, toPocket)).toMatchObject({ newRows: 1, known: 2 });
      expect(await ofFiles()).toMatchObject([{ key: account?.key, feed: { bookAccount: pocket } }]);
      const later = await connectAs(world);
      await link(later.key, pocket.path);
      expect(await sync(later.key)).toMatchObject({ outcome: 'complete', newRows: 0 });
      expect(await ofFiles()).toEqual([]);
      expect(rows()).toEqual([...both, '2026-03-02 -9']);
      await unsync(world, bookId, later.key);
      const numbered = file({ iban, currency: 'EUR', entries: march });
      expect(await take(numbered, toPocket)).toMatchObject({ newRows: 0, known: 2 });
    },
  );

  test('is known again by the number of the bank that went on with it, whoever connects', async () => {
    const { world, bank, take, link, sync } = await openBook();
    await take(file({ currency: 'EUR', entries: february }), toPocket);
    bank.pages = [february.map(([bookingDate, amount]) => entry(amount, { bookingDate }))];
    const { key } = await connectAs(world);
    await link(key, pocket.path);
    const renewed = await connectAs(world);
    const [account] = renewed.value.accounts;
    await unsync(world, bookId, renewed.key);
    const again = await connectAs(world);
    expect(again.value.accounts[0]?.key).toBe(account?.key);
    await unsync(world, bookId, again.key);
    const others = await connectAs(world, 'jonas');
    await link(others.key, 'Assets:Other');
    expect(await sync(others.key)).toMatchObject({ outcome: 'complete', newRows: 0 });
    expect(await take(file({ currency: 'EUR', entries: march }), toPocket)).toMatchObject({
      newRows: 2,
    });
  });

  test('that another one filled before is not taken for it', async () => {
    const { world, bank, take, link, sync, ofFiles } = await openBook();
    bank.pages = [february.map(([bookingDate, amount]) => entry(amount, { bookingDate }))];
    const { key } = await connectAs(world);
    await link(key, pocket.path);
    await sync(key);
    await unsync(world, bookId, key);
    const elsewhere = { bookAccount: { path: 'Assets:Bar', type: 'asset' } } as const;
    expect(await take(file({ currency: 'EUR', entries: february }), elsewhere)).toMatchObject({
      newRows: 3,
    });
    const other = file({ iban: 'DE02120300000000202051', currency: 'EUR', entries: february });
    expect(await take(other, toPocket)).toMatchObject({ newRows: 3 });
    expect(await ofFiles()).toHaveLength(2);
  });

  test('moves to another book account with its number; its rows stay where they are', async () => {
    const { take, ofFiles } = await openBook();
    await take(file({ iban, currency: 'EUR', entries: february }), toPocket);
    const bar = { path: 'Assets:Bar', type: 'asset' } as const;
    const more = file({ iban, currency: 'EUR', entries: march });
    expect(await take(more, { bookAccount: bar })).toMatchObject({ newRows: 1, known: 1 });
    expect(await ofFiles()).toMatchObject([{ feed: { bookAccount: bar, from: '2026-02-01' } }]);
  });

  test("is one of the book's own, for transfers and for what money in transit is not", async () => {
    const { world, sheet, take } = await openBook();
    await take(file({ iban, currency: 'EUR', entries: february }), toPocket);
    const { own } = await teachBook(world.store, bookId, await sheet.port.readBook(bookId));
    expect(own).toEqual([{ path: pocket.path, numbers: [iban], holder: '' }]);
    const settings = { certainty: 0.5, postFrom: null, transit: pocket.path };
    await expect(setSuggestions(world.store, bookId, settings)).rejects.toThrow('transit');
  });

  test('lets another file fill its book account once its bank has moved on', async () => {
    const { world, take, link, ofFiles } = await openBook();
    const nameless = file({ currency: 'EUR', entries: february });
    await take(nameless, toPocket);
    const { key } = await connectAs(world);
    await link(key, pocket.path);
    await link(key, 'Assets:Other');
    expect(await take(nameless, toPocket)).toMatchObject({ newRows: 3, known: 0 });
    expect(await ofFiles()).toHaveLength(1);
  });

  test('ties whatever the order in which its months come', async () => {
    const { take, ofFiles } = await openBook();
    const of = (day: string, amount: string, sum: string) =>
      file({ iban, currency: 'EUR', closing: [sum, day], entries: [[day, amount]] });
    await take(of('2026-03-31', '-5.00', '85.00'), toPocket);
    await take(of('2026-01-31', '-6.00', '94.00'));
    await take(of('2026-02-28', '-4.00', '90.00'));
    expect(await ofFiles()).toMatchObject([{ balance: '85.00', proof: { kind: 'ties' } }]);
    await take(of('2026-05-31', '-1.00', '80.00'));
    expect(await ofFiles()).toMatchObject([{ proof: { kind: 'off', offBy: '-4.00' } }]);
    await take(of('2026-04-30', '-4.00', '81.00'));
    expect(await ofFiles()).toMatchObject([{ balance: '80.00', proof: { kind: 'ties' } }]);
  });

  test('is given up to no bank account of another number or currency, or that has entries of its own', async () => {
    const { world, bank, take, link, sync, ofFiles } = await openBook();
    await take(file({ iban: 'DE02120300000000202051', currency: 'EUR', entries: march }), toPocket);
    const bar = { bookAccount: { path: 'Assets:Bar', type: 'asset' } } as const;
    await take(file({ currency: 'USD', entries: march }), bar);
    const box = { bookAccount: { path: 'Assets:Box', type: 'asset' } } as const;
    await take(file({ currency: 'EUR', entries: march }), box);
    const { key } = await connectAs(world);
    await expect(link(key, pocket.path)).rejects.toThrow('Files of another account');
    await expect(link(key, 'Assets:Bar')).rejects.toThrow('in USD, this account is in EUR');
    bank.pages = [[entry('-1.00')]];
    await link(key, 'Assets:Checking');
    await sync(key);
    await expect(link(key, 'Assets:Box')).rejects.toThrow('other entries of this account');
    expect(await ofFiles()).toHaveLength(3);
  });

  test('takes the currency of the file, of the book account, of the other accounts, or of the country', async () => {
    const currencyIn = async (prepare: (it: Awaited<ReturnType<typeof openBook>>) => unknown) => {
      const it = await openBook();
      await prepare(it);
      const [account] = await it.look(file({ entries: march }), toPocket);
      return account?.currency ?? account?.failure?.detail;
    };
    expect(await currencyIn(({ sheet }) => Object.assign(sheet.state, { locale: 'de_CH' }))).toBe(
      'CHF',
    );
    expect(await currencyIn(() => {})).toBe('USD');
    expect(
      await currencyIn(({ take }) =>
        take(file({ currency: 'SEK', entries: march }), {
          bookAccount: { path: 'Assets:X', type: 'asset' },
        }),
      ),
    ).toBe('SEK');
    expect(
      await currencyIn(({ sheet }) => Object.assign(sheet.state, { access: 'none' })),
    ).toContain('names no currency');
    const { look } = await openBook();
    const inYen = { bookAccount: { ...pocket, currency: 'JPY' } };
    expect(await look(file({ entries: [['2026-03-01', '-700']] }), inYen)).toMatchObject([
      { currency: 'JPY', change: { rows: [{ amount: '-700', currency: 'JPY' }] } },
    ]);
    expect(await look(file({ currency: 'EUR', entries: march }), inYen)).toMatchObject([
      {
        target: null,
        change: null,
        failure: { detail: 'Assets:Pocket is kept in JPY, the file in EUR.' },
      },
    ]);
  });
});
