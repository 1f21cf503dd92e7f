import { describe, expect, test } from '@jest/globals';
import { type AccountDoc, books, connections } from '../../../cloud/core/documents.ts';
import { requestImport } from '../../../cloud/core/import-file.ts';
import { previewFile } from '../../../cloud/core/preview-file.ts';
import { write } from '../../../cloud/ports/store.ts';
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
import { bookId, connectGiro, giro } from './world.ts';

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
    for (const number of ['', '13000', '2013000', '99532013001'].map((it) => ({ number: it }))) {
      expect(await look(file({ ...number, entries: march }))).toMatchObject([
        { target: null, targetBy: null, currency: null, change: null },
      ]);
    }
  });

  test('is told by a number that stands in an IBAN with zeros before it, or by the last digits', async () => {
    const { look, take } = await openBook();
    await take(file({ iban: 'NL20INGB0001234567', currency: 'EUR', entries: march }), toPocket);
    const toCard = { bookAccount: { path: 'Liabilities:Card', type: 'liability' } } as const;
    await take(file({ number: '4111 11XX XXXX 4400', currency: 'EUR', entries: march }), toCard);
    for (const number of ['1234567', '**** 4400']) {
      expect(await look(file({ number, currency: 'EUR', entries: march }))).toMatchObject([
        { targetBy: 'number', change: { newRows: 0, known: 2 } },
      ]);
    }
  });

  test('is no bank account of another number or currency, also where the user says so', async () => {
    const { look } = await openBook({ hasBank: true });
    for (const it of [{ iban: 'DE02120300000000202051' }, { iban, currency: 'USD' }]) {
      expect(await look(file({ ...it, entries: march }), toGiro)).toMatchObject([
        { target: null, failure: { code: 'file-unreadable' } },
      ]);
    }
  });

  test('of a file that is read anew once it is known that the account is a card', async () => {
    const { world, look } = await openBook();
    const feed = {
      bookAccount: { path: 'Liabilities:Card', type: 'liability' },
      from: '2026-01-01',
    };
    const card = { ...giro, key: 'k-giro', type: 'card', feed } as AccountDoc;
    const book = await world.store.get(books, bookId);
    await world.store.commit([write(books, bookId, null, { version: book?.version ?? '' })]);
    await connectGiro(world, { accounts: [card] });
    const charges = file({ currency: 'EUR', entries: [['2026-03-01', '7.00']] });
    expect(await look(charges, toGiro)).toMatchObject([
      { change: { rows: [{ amount: '-7.00' }] } },
    ]);
  });

  test('and what was answered of it are remembered once it was taken in, not before', async () => {
    const { world, look, take } = await openBook({ hasBank: true });
    const asking = file({ asks: true, entries: february });
    const seen = async (answers = {}) =>
      previewFile(world, erika, {
        fileId: await send(world, asking),
        choices: { ...nothingChosen, answers },
      });
    const question = { key: 'sign', layout: 'l1' };
    expect(await seen()).toMatchObject({ format: '', question, accounts: [], remembered: [] });
    const answers = { sign: 'turned' };
    expect(await seen(answers)).toMatchObject({ question: null, accounts: [{ target: null }] });
    expect(await seen()).toMatchObject({ question });
    await take(asking, toGiro, { answers });
    expect(await seen()).toMatchObject({
      question: null,
      remembered: [{ question, answer: 'turned' }],
      accounts: [{ target: toGiro, targetBy: 'last-time', change: { newRows: 0, known: 3 } }],
    });
    expect(await seen({ sign: 'as-is' })).toMatchObject({
      remembered: [],
      accounts: [{ change: { newRows: 3 } }],
    });
    expect(await look(file({ entries: march }))).toMatchObject([{ target: toGiro }]);
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

  test('is one book account for one account of a file alone', async () => {
    const { look } = await openBook();
    const two = file(
      { number: 'A1', currency: 'EUR', entries: march },
      { number: 'B2', currency: 'USD', entries: february },
    );
    expect(await look(two, toPocket)).toMatchObject([
      { change: { newRows: 2 } },
      { target: null, failure: { detail: 'It is the statement of another account or currency.' } },
    ]);
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
