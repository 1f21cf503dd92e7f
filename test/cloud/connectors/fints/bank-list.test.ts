import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isSafeUrl, readBankList } from '../../../../cloud/connectors/fints/bank-list.ts';
import { knownBanks } from '../../../../cloud/connectors/fints/known-banks.ts';
import { banksOf, finTs } from '../../../../cloud/connectors/fints/provider.ts';
import { createConnectors } from '../../../../cloud/connectors/providers.ts';

/** The head of the list that comes by mail, with its blanks. */
const head =
  'Nr.;BLZ;BIC;Institut;Ort;RZ;Organisation;HBCI-Zugang DNS;HBCI- Zugang     IP-Adresse;' +
  'HBCI-Version;DDV;RDH-1;RDH-2;RDH-3;RDH-4;RDH-5;RDH-6;RDH-7;RDH-8;RDH-9;RDH-10;RAH-7;RAH-9;' +
  'RAH-10;PIN/TAN-Zugang URL;Version;Datum letzte Änderung';

function line(blz: string, name: string, url: string, version = 'FinTS V3.0', bic = 'musadeffxxx') {
  const cells = [
    '1',
    blz,
    bic,
    name,
    'Köln',
    'RZ',
    'DSGV',
    ...Array(17).fill(''),
    url,
    version,
    '',
  ];
  return cells.join(';');
}

const url = 'https://banking-mu.s-fints-pt-mu.example/fints30';
const listOf = (...lines: readonly string[]) => [head, ...lines, ';;;;', ''].join('\r\n');

describe('the list that comes by mail', () => {
  const list = listOf(
    line('12345678', 'Sparkasse Müsterstadt', ` ${url} `),
    line('123 456 79', '"Bank ""A""; Zweigstelle"', url),
    line('12345678', 'Sparkasse Müsterstadt, Zweigstelle', url),
    line('12345670', 'Bank ohne Zugang', ''),
    line('12345671', 'Bank von gestern', url, 'HBCI 2.2'),
  );

  test.each([
    ['UTF-8', Buffer.from(list)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${list}`)],
    ['ISO 8859-1', Buffer.from(list, 'latin1')],
  ])('is read in %s', (_, bytes) => {
    const { banks, problems, withoutFinTs } = readBankList(bytes);
    expect(problems).toEqual([]);
    expect(withoutFinTs).toBe(2);
    expect(banks).toMatchObject([
      {
        blz: '12345678',
        name: 'Sparkasse Müsterstadt',
        city: 'Köln',
        bic: 'MUSADEFFXXX',
        url,
      },
      { blz: '12345679', name: 'Bank A; Zweigstelle' },
    ]);
  });

  test('tells each line that is wrong, what is wrong with it, and not a word of it', () => {
    const { banks, problems } = readBankList(
      Buffer.from(
        listOf(
          line('1234567', 'Kurz', url),
          line('12345678', '', url),
          line('12345678', 'Offen', 'http://bank.example/geheim'),
          line('12345678', 'Falsch', url, 'FinTS V3.0', 'NIX'),
          line('12345678', 'Gut', url),
          line('', 'Ohne', ''),
        ),
      ),
    );
    expect(banks).toHaveLength(1);
    expect(problems.map((it) => `${it.line}: ${it.message}`)).toEqual([
      '2: blz is not eight digits',
      '3: name is missing',
      '4: the address is not https',
      '5: bic is not one of a German bank',
      '7: blz is missing',
      '7: url is missing',
    ]);
    expect(readBankList(Buffer.from('Bank;Ort\nA;B')).problems).toEqual([
      { line: 1, message: 'no columns for blz, name, url' },
    ]);
  });
});

test('other lists are CSV with our own names, or JSON', () => {
  const bank = { blz: '12345678', name: 'A, B', city: 'Kiel', url };
  const csv = `blz,name,city,bic,url\n12345678,"A, B",Kiel,,${url}\n`;
  expect(readBankList(Buffer.from(csv)).banks).toEqual([bank]);
  expect(readBankList(Buffer.from(JSON.stringify([bank]))).banks).toEqual([bank]);
  const wrong = readBankList(Buffer.from(JSON.stringify([bank, { ...bank, blz: 12 }, 7])));
  expect(wrong.banks).toHaveLength(1);
  expect(wrong.problems.map(({ line: at }) => at)).toEqual([2, 3]);
  expect(readBankList(Buffer.from('[{]')).problems).toEqual([{ line: 1, message: 'is not JSON' }]);
});

test('a PIN is sent over TLS alone, or to this machine', () => {
  expect(knownBanks.every((bank) => isSafeUrl(bank.url))).toBe(true);
  expect(isSafeUrl('http://127.0.0.1:4711/')).toBe(true);
  for (const unsafe of [
    'https://a:b@bank.example/',
    'http://bank.example/',
    'http://127.0.0.1.example/',
    'ftp://a',
    'a',
    '',
  ]) {
    expect(isSafeUrl(unsafe)).toBe(false);
  }
});

test('banks are found by code, city and BIC, and each has an id of its own that stays', () => {
  const other = 'https://fints.other.example/fints';
  const given = [url, other].map((its) => ({ blz: '12030000', name: 'Eigene', url: its }));
  const banks = banksOf(given);
  expect(banks.map(({ institution }) => institution.id).slice(0, 3)).toEqual([
    'fints:12030000',
    'fints:12030000-fints-other-example',
    'fints:50010517',
  ]);
  const ids = new Set(banks.map(({ institution }) => institution.id));
  expect(ids.size).toBe(banks.length);
  expect(banks.map(({ url: its }) => its)).not.toContain('https://fints.dkb.de/fints');
  const ing = banks.find(({ blz }) => blz === '50010517')?.institution;
  expect(ing).toMatchObject({
    bic: 'INGDDEFFXXX',
    city: 'Frankfurt am Main',
    routingNumbers: ['50010517'],
    wayIn: 'login',
    country: 'DE',
  });
});

describe('the settings', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fints-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const parts = {
    fetch,
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    launch: () => Promise.reject(new Error()),
    launchPuppeteer: () => Promise.reject(new Error()),
    readStatementFile: () => {
      throw new Error();
    },
  };
  const create = (environment: Record<string, string>) =>
    createConnectors(environment, parts, { withFree: false });

  test('name a product id, without which nothing is offered', async () => {
    const { unset } = create({});
    expect(unset.find(({ id }) => id === 'fints')).toMatchObject({
      name: 'FinTS',
      settings: ['BOOKFEED_FINTS_PRODUCT_ID'],
    });
    const { connectors } = create({ BOOKFEED_FINTS_PRODUCT_ID: 'A1B2C3D4E5F6A1B2C3D4E5F60' });
    const institutions = await connectors[0]?.institutions();
    expect(institutions).toHaveLength(knownBanks.length);
    expect(
      institutions?.[0]?.credentials?.map(({ name, isOptional }) => [name, isOptional]),
    ).toEqual([
      ['user-id', undefined],
      ['pin', undefined],
      ['customer-id', true],
    ]);
    expect(() => create({ BOOKFEED_FINTS_PRODUCT_ID: 'secret id' })).toThrow(
      /BOOKFEED_FINTS_PRODUCT_ID: is no product id/,
    );
    expect(() => create({ BOOKFEED_FINTS_BANKS: '[]' })).toThrow('BOOKFEED_FINTS_PRODUCT_ID');
  });

  test('take a file of banks, tell its wrong lines, and where there is none', async () => {
    const path = join(folder, 'banks.csv');
    const set = () => create({ BOOKFEED_FINTS_PRODUCT_ID: 'A1', BOOKFEED_FINTS_BANKS: path });
    expect(set).toThrow('BOOKFEED_FINTS_BANKS: is no file that can be read');
    writeFileSync(path, listOf(line('12345678', 'Sparkasse', url)), 'latin1');
    const institutions = await set().connectors[0]?.institutions();
    expect(institutions?.map(({ id }) => id)).toContain('fints:12345678');
    const wrong = Array.from({ length: 25 }, () => line('1', 'Geheim', url));
    writeFileSync(path, listOf(...wrong));
    expect(set).toThrow(/line 2: blz is not eight digits.*5 more lines/);
    expect(set).not.toThrow(/Geheim/);
  });

  test('have a provider that says whose banks these are', () => {
    expect(finTs.covers).toContain('Germany');
  });
});
