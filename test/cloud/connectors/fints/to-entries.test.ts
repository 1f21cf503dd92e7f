import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccountType, BankAccount, BankingInformation } from 'lib-fints';
import { loadLibrary } from '../../../../cloud/connectors/fints/message.ts';
import { accountIdOf, statementOrderOf } from '../../../../cloud/connectors/fints/orders.ts';
import { toAccounts, toBalance, toEntries } from '../../../../cloud/connectors/fints/to-entries.ts';
import { readStatementFile } from '../../../../cloud/statements/read-statement-file.ts';
import { formatAmount } from '../../../../shared/money.ts';
import { writeSegments } from '../../../providers/fints/wire.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });

/** An answer of one page as the connector keeps it. */
function pageOf(name: 'HIKAZ' | 'HICAZ', booked: string, noted?: string): string {
  const documents = (text: string) => ({ binary: text });
  const elements =
    name === 'HIKAZ'
      ? [documents(booked), noted === undefined ? '' : documents(noted)]
      : [
          ['DE02120300000000202051'],
          'urn:camt',
          [documents(booked)],
          noted ? documents(noted) : '',
        ];
  return writeSegments([{ id: name, version: 7, about: 3, elements }], 5).slice(0, -1);
}

const swift = (...lines: readonly string[]) =>
  ['', ':20:STARTUMS', ':25:12030000/202051', ':28C:0', ...lines, '-', ''].join('\r\n');

const read = (...pages: readonly string[]) => toEntries(pages, readStatementFile, 'EUR');

describe('entries of a SWIFT statement', () => {
  test('have counterparty, account, text and reference of the structured remittance', () => {
    const page = pageOf(
      'HIKAZ',
      swift(
        ':60F:C260301EUR100,10',
        ':61:2603020302D0,2NDDTNONREF//BANKREF7',
        ':86:105?00FOLGELASTSCHRIFT?20EREF+E2E-4711?21MREF+M-1?22CRED+DE98ZZZ0999999999',
        '9?23SVWZ+Strom M\xe4rz 2026 Kunden?24nummer 17?25ABWA+Stadtwerke Abrechnung',
        '?30BYLADEM1001?31DE02500105170137075030?32STADTWERKE MUSTERSTADT GMBH?33 & CO',
        ':61:2603030303C1000,NTRFNONREF',
        ':86:166?00GUTSCHRIFT?20SVWZ+MIETE?32ERIKA MUSTER',
        ':62F:C260303EUR1099,90',
      ),
    );
    const [first, second] = read(page);
    expect(first).toMatchObject({
      status: 'booked',
      reference: 'BANKREF7',
      bookingDate: '2026-03-02',
      valueDate: '2026-03-02',
      amount: euros(-20),
      counterparty: 'STADTWERKE MUSTERSTADT GMBH & CO',
      counterpartyAccount: 'DE02500105170137075030',
      balanceAfter: euros(9_990),
    });
    expect(first?.text).toContain('Strom März 2026 Kundennummer 17');
    expect(first?.text).not.toMatch(/SVWZ|EREF|CRED/);
    expect(second).toMatchObject({
      amount: euros(100_000),
      counterparty: 'ERIKA MUSTER',
      balanceAfter: euros(109_990),
    });
  });

  test('that do not add up carry no balances', () => {
    const entries = read(
      pageOf(
        'HIKAZ',
        swift(':60F:C260301EUR1,', ':61:260302D0,10NMSCNONREF', ':86:X', ':62F:C260302EUR5,00'),
      ),
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).not.toHaveProperty('balanceAfter');
  });

  test('of several days come as one list, with the noted ones behind', () => {
    const day = (of: string, before: string, after: string) =>
      swift(`:60F:C${of}EUR${before}`, `:61:${of}D1,NMSCNONREF`, ':86:X', `:62F:C${of}EUR${after}`);
    const noted = swift(':34F:EURD1,', ':61:260304D1,50NMSCNONREF', ':86:NOTED');
    const entries = read(
      pageOf('HIKAZ', day('260301', '9,00', '8,00')),
      pageOf('HIKAZ', day('260302', '8,00', '7,00'), noted),
    );
    expect(entries.map(({ status, balanceAfter }) => [status, balanceAfter?.minor])).toEqual([
      ['booked', 800],
      ['booked', 700],
      ['pending', undefined],
    ]);
  });

  test('are none where the bank tells balances alone', () => {
    expect(read(pageOf('HIKAZ', swift(':60F:C260301EUR1,', ':62F:C260301EUR1,')))).toEqual([]);
    expect(read()).toEqual([]);
  });

  test('are not read in part: one that is unreadable fails the whole answer', () => {
    for (const broken of [':61:260231X9,NMSCNONREF', ':61:260302D1,00,0NMSCNONREF']) {
      const page = pageOf(
        'HIKAZ',
        swift(':60F:C260301EUR1,', ':61:260302D1,NMSCNONREF', ':86:X', broken, ':86:Erika'),
      );
      expect(() => read(page)).toThrow('cannot be read');
    }
    expect(() => read(pageOf('HIKAZ', 'Sehr geehrte Erika Muster'))).toThrow('no statement');
  });
});

describe('entries of CAMT documents', () => {
  const camt = (entries: string, balances = '') =>
    Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<ns2:Document xmlns:ns2="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08">' +
        `<ns2:BkToCstmrAcctRpt><ns2:Rpt><ns2:Id>1</ns2:Id>${balances}${entries}</ns2:Rpt></ns2:BkToCstmrAcctRpt></ns2:Document>`,
    ).toString('latin1');
  const ntry = (amount: string, side: string, day: string, more = '') =>
    `<ns2:Ntry><ns2:Amt Ccy="EUR">${amount}</ns2:Amt><ns2:CdtDbtInd>${side}</ns2:CdtDbtInd>` +
    `<ns2:Sts><ns2:Cd>BOOK</ns2:Cd></ns2:Sts><ns2:BookgDt><ns2:Dt>${day}</ns2:Dt></ns2:BookgDt>${more}</ns2:Ntry>`;
  const bal = (code: string, amount: string, day: string) =>
    `<ns2:Bal><ns2:Tp><ns2:CdOrPrtry><ns2:Cd>${code}</ns2:Cd></ns2:CdOrPrtry></ns2:Tp>` +
    `<ns2:Amt Ccy="EUR">${amount}</ns2:Amt><ns2:CdtDbtInd>CRDT</ns2:CdtDbtInd><ns2:Dt><ns2:Dt>${day}</ns2:Dt></ns2:Dt></ns2:Bal>`;

  test('keep letters of UTF-8, days with a zone as they are written, and amounts to the cent', () => {
    const details =
      '<ns2:NtryDtls><ns2:TxDtls><ns2:RltdPties><ns2:Cdtr><ns2:Pty><ns2:Nm>Bäckerei Grün</ns2:Nm></ns2:Pty></ns2:Cdtr></ns2:RltdPties>' +
      '<ns2:RmtInf><ns2:Ustrd>Brötchen €</ns2:Ustrd></ns2:RmtInf></ns2:TxDtls></ns2:NtryDtls>';
    const [entry] = read(pageOf('HICAZ', camt(ntry('4.35', 'DBIT', '2026-03-02+01:00', details))));
    expect(entry).toMatchObject({
      bookingDate: '2026-03-02',
      amount: euros(-435),
      counterparty: 'Bäckerei Grün',
      text: 'Brötchen €',
    });
  });

  test('carry the balance after each where their days tell the order, else after the last', () => {
    const balances = bal('PRCD', '10.00', '2026-03-01') + bal('CLBD', '7.00', '2026-03-03');
    const balancesOn = (...days: readonly string[]) =>
      read(
        pageOf(
          'HICAZ',
          camt(days.map((day, n) => ntry(`${n + 1}.00`, 'DBIT', day)).join(''), balances),
        ),
      ).map(({ balanceAfter }) => balanceAfter?.minor);
    expect(balancesOn('2026-03-02', '2026-03-03')).toEqual([900, 700]);
    expect(balancesOn('2026-03-03', '2026-03-03')).toEqual([undefined, 700]);
    expect(balancesOn('2026-03-03', '2026-03-02')).toEqual([undefined, undefined]);
  });
});

describe('balances', () => {
  const hisal = (...elements: Parameters<typeof writeSegments>[0][number]['elements']) =>
    writeSegments([{ id: 'HISAL', version: 7, about: 3, elements }], 5).slice(0, -1);

  test('are exact to the cent, whatever the amount', async () => {
    const library = await loadLibrary();
    const minor = fc.integer({ min: -999_999_999_999_99, max: 999_999_999_999_99 });
    fc.assert(
      fc.property(minor, fc.boolean(), (amount, isShort) => {
        const text = formatAmount(euros(Math.abs(amount))).replace('.', ',');
        const written = isShort ? text.replace(/0+$/, '') : text;
        const side = amount < 0 ? 'D' : 'C';
        const part = hisal(['DE02', ''], 'Giro', 'EUR', [side, written, 'EUR', '20260310']);
        expect(toBalance(library, [part])).toEqual({ booked: euros(amount) });
      }),
      { numRuns: 100 },
    );
  });

  test('tell what may be spent, and are unreadable where they are none', async () => {
    const library = await loadLibrary();
    const booked = ['C', '0,1', 'EUR', '20260310'];
    const part = hisal(['DE02', ''], 'Giro', 'EUR', booked, '', ['500,', 'EUR'], ['500,1', 'EUR']);
    expect(toBalance(library, [part])).toEqual({ booked: euros(10), available: euros(50_010) });
    expect(toBalance(library, [])).toEqual({});
    expect(toBalance(library, ['DIKKU:5:2:3+4111'])).toEqual({});
    const wrong = [
      hisal('x'),
      hisal(['DE02', ''], 'Giro', 'EUR', ['C', 'viel', 'EUR', '20260310']),
      hisal(['DE02', ''], 'Giro', 'EUR', ['C', '0,123', 'EUR', '20260310']),
    ];
    for (const each of wrong) {
      expect(() => toBalance(library, [each])).toThrow(/^reply-unreadable/);
    }
  });
});

test('accounts come with both lines of the holder, and those that tell nothing are left out', () => {
  const bank = { country: 280, bankId: '12030000' };
  const account = { accountNumber: '0000202051', bank, currency: 'EUR', holder1: 'Erika Muster-' };
  const orders = (...names: readonly string[]) =>
    names.map((transId) => ({ transId, numSignatures: 1 }));
  const known = {
    bpd: {
      allowedTransactions: ['HKSAL', 'HKKAZ'].map((transId) => ({ transId, versions: [7] })),
    },
    upd: {
      bankAccounts: [
        {
          ...account,
          iban: 'de02 1203 0000 0000 2020 51',
          holder2: 'Beispiel GmbH ',
          product: 'Giro',
          accountType: 'CheckingAccount',
          allowedTransactions: orders('HKSAL', 'HKKAZ'),
        },
        { ...account, accountNumber: '99-17', accountType: 'CreditCardAccount', currency: '' },
        { ...account, accountType: 'SecuritiesAccount', allowedTransactions: orders('HKWPD') },
      ],
    },
  } as unknown as BankingInformation;
  expect(toAccounts(known)).toEqual([
    {
      externalId: '0000202051',
      iban: 'DE02120300000000202051',
      name: 'Giro',
      holder: 'Erika Muster- Beispiel GmbH',
      product: 'Giro',
      type: 'current',
      currency: 'EUR',
    },
    {
      externalId: expect.stringMatching(/^[0-9a-f]{32}$/),
      mask: '9917',
      name: '',
      holder: 'Erika Muster-',
      type: 'card',
      currency: 'EUR',
    },
  ]);
});

test('entries of a card are asked for by its own order, where the bank says that it takes it', () => {
  const orders = ['HKCAZ', 'HKKAZ', 'DKKKU'].map((transId) => ({ transId, numSignatures: 1 }));
  const params = { supportedCamtFormats: ['urn:iso:std:iso:20022:tech:xsd:camt.052.001.08'] };
  const allowedTransactions = orders.map(({ transId }) => ({ transId, versions: [2], params }));
  const known = { systemId: 's1', bpd: { allowedTransactions } } as unknown as BankingInformation;
  const account = { accountNumber: '4111', accountType: 'CreditCardAccount' };
  const card = { ...account, allowedTransactions: orders } as unknown as BankAccount;
  const { allowedTransactions: _, ...open } = card;
  const orderOf = (it: BankAccount, refused: readonly string[] = []) =>
    statementOrderOf(known, it, new Set(refused));
  expect(orderOf(card)).toBe('DKKKU');
  expect(orderOf(open)).toBe('HKCAZ');
  expect(orderOf({ ...card, accountType: 'Miscellaneous' as AccountType })).toBe('HKCAZ');
  expect(orderOf(open, ['HKCAZ'])).toBe('HKKAZ');
  const id = accountIdOf(known, card);
  expect(accountIdOf({ systemId: 's1' }, card)).toBe(id);
  expect(accountIdOf({ systemId: 's2' }, card)).not.toBe(id);
  expect(accountIdOf(known, { ...card, subAccountId: '1' })).not.toBe(id);
});

test('days are the same in every time zone, in what is asked and in what is told', async () => {
  const script = join(import.meta.dirname, 'days-in-zones.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const days = ['2026-02-28', '2026-03-01', '2026-03-29'];
  const same = { asked: ['20260228', '20260329'], shown: [days, days] };
  const zones = ['UTC', 'Asia/Jerusalem', 'America/New_York', 'Pacific/Kiritimati'];
  expect(JSON.parse(stdout)).toEqual(zones.map((zone) => ({ zone, ...same })));
}, 20_000);
