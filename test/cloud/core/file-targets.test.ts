import { describe, expect, test } from '@jest/globals';
import { connections } from '../../../cloud/core/documents.ts';
import { requestImport } from '../../../cloud/core/import-file.ts';
import {
  february,
  file,
  iban,
  march,
  openBook,
  type Told,
  toGiro,
  toPocket,
} from './made-up-files.ts';
import { erika, nothingChosen, send, workOnFiles } from './taking-files.ts';

describe('where the entries of a file go', () => {
  test('is told by the number of an account, with or without zeros and check digits', async () => {
    const { look } = await openBook({ hasBank: true });
    const numbers: readonly Pick<Told, 'iban' | 'number'>[] = [
      { iban: 'DE89 3704 0044 0532 0130 00' },
      { number: '532013000' },
      { number: '0532013000' },
      { number: '37040044/0532013000' },
    ];
    for (const number of numbers) {
      expect(await look(file({ ...number, entries: march }))).toMatchObject([
        { target: toGiro, targetBy: 'number', currency: 'EUR', change: { newRows: 2 } },
      ]);
    }
    for (const number of [{}, { number: '13000' }, { number: '99532013001' }]) {
      expect(await look(file({ ...number, entries: march }))).toMatchObject([
        { target: null, targetBy: null, currency: null, change: null },
      ]);
    }
  });

  test('is asked once where no number tells, and remembered once a file was taken in', async () => {
    const { look, take } = await openBook({ hasBank: true });
    const nameless = file({ entries: february });
    await look(nameless, toGiro);
    expect(await look(nameless)).toMatchObject([{ target: null, targetBy: null }]);
    await take(nameless, toGiro);
    const last = { target: toGiro, targetBy: 'last-time', currency: 'EUR' };
    expect(await look(file({ entries: march }))).toMatchObject([last]);
    expect(await look(file({ entries: march, currency: 'USD' }))).toMatchObject([{ target: null }]);
    expect(await look(file({ entries: march }), toPocket)).toMatchObject([{ targetBy: 'user' }]);
  });

  test('an account of the file may be left out; two cannot be one', async () => {
    const { world, look, take, rows, overview } = await openBook({ hasBank: true });
    const two = file(
      { number: 'A1', currency: 'EUR', entries: march },
      { number: 'B2', currency: 'USD', entries: february },
    );
    const [one, other] = await look(two);
    const out = {
      targets: {
        [one?.key ?? '']: toPocket,
        [other?.key ?? '']: null,
      },
    };
    expect(await take(two, undefined, out)).toMatchObject({ newRows: 2 });
    expect(rows()).toHaveLength(2);
    expect(await look(two, toPocket)).toMatchObject([
      { change: { newRows: 0, known: 2 } },
      { target: null, failure: { detail: 'It is the statement of another account or currency.' } },
    ]);
    const fileId = await send(world, two);
    await requestImport(world, erika, { fileId, choices: nothingChosen });
    await workOnFiles(world);
    expect((await overview()).imports[0]).toMatchObject({
      state: 'failed',
      failure: { code: 'bad-request', detail: 'Choose where the entries of each account go.' },
    });
    await requestImport(world, erika, { fileId, choices: { ...nothingChosen, ...out } });
    await workOnFiles(world);
    expect((await overview()).imports[0]).toMatchObject({
      state: 'done',
      newRows: 0,
    });
  });

  test('before the start of a bank account only where the user wants it: the start moves back then', async () => {
    const { world, look, take, rows } = await openBook({ hasBank: true });
    const old = file({
      iban,
      entries: [
        ['2025-12-30', '-1.00'],
        ['2026-01-01', '-2.00'],
      ],
    });
    expect(await look(old)).toMatchObject([{ change: { newRows: 1, beforeStart: 1 } }]);
    await take(old);
    expect(rows()).toEqual(['2026-01-01 -2']);
    expect(await take(old, undefined, { isFromStart: true })).toMatchObject({
      newRows: 1,
      known: 1,
    });
    expect(rows()).toEqual(['2025-12-30 -1', '2026-01-01 -2']);
    const connection = await world.store.get(connections, 'c1');
    expect(connection?.value.accounts).toMatchObject([{ feed: { from: '2025-12-30' } }]);
  });

  test('of a bank account of the same number only to where that goes', async () => {
    const { look } = await openBook({ hasBank: true });
    const same = file({ iban, currency: 'EUR', entries: march });
    expect(await look(same, toPocket)).toMatchObject([
      { target: null, failure: { detail: 'This account fills Assets:Checking: choose that one.' } },
    ]);
    const checking = { bookAccount: { path: 'Assets:Checking', type: 'asset' } } as const;
    expect(await look(same, checking)).toMatchObject([{ change: { newRows: 2 } }]);
  });
});
