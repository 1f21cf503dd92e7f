import { describe, expect, test } from '@jest/globals';
import { readFirstRows } from '../../../cloud/statements/csv-rows.ts';
import { findColumns } from '../../../cloud/statements/table-columns.ts';
import { isHeader } from '../../../cloud/statements/table-header.ts';
import { currencyOfHeader, meaningsOf } from '../../../cloud/statements/table-names.ts';
import { stateOf, summaryOf } from '../../../cloud/statements/table-row-words.ts';

describe('names of columns', () => {
  test.each([
    ['Buchungstag', 'bookingDate'],
    ['Posting Date', 'bookingDate'],
    ['Date de comptabilisation', 'bookingDate'],
    ["Date de l'opération", 'date'],
    ['Fecha valor', 'valueDate'],
    ['Data valuta', 'valueDate'],
    ['Rentedatum', 'valueDate'],
    ['Amount (EUR)', 'amount'],
    ['Betrag in EUR', 'amount'],
    ['Bedrag', 'amount'],
    ['סכום', 'amount'],
    ['Débit euros', 'debit'],
    ['Withdrawals (SGD)', 'debit'],
    ['Dare', 'debit'],
    ['זכות', 'credit'],
    ['Haben', 'credit'],
    ['Af Bij', 'flag'],
    ['Betrag (Fremdwährung)', 'originalAmount'],
    ['Begünstigter/Zahlungspflichtiger', 'counterparty'],
    ['Zahlungsempfänger*in', 'creditor'],
    ['Libellé', 'text'],
    ['VWZ12', 'text'],
    ['Omschrijving-1', 'text'],
    ['TransactionId', 'reference'],
    ['transaction_id', 'reference'],
    ['Saldo na trn', 'balance'],
    ['יתרה בש"ח', 'balance'],
    ['DATE', 'date'],
  ])('%s is %s', (name, meaning) => {
    expect(meaningsOf(name)).toContain(meaning);
  });

  test.each(['Start Date', 'Price', 'Exchange rate', '', ' ', 'x'.repeat(200)])(
    '%p is not known',
    (name) => {
      expect(meaningsOf(name)).toEqual([]);
    },
  );

  test.each([
    ['Debit CHF', 'CHF'],
    ['Betrag (€)', 'EUR'],
    ['Amount ($)', undefined],
    ['ALL', undefined],
  ])('%s names the currency %s', (name, currency) => {
    expect(currencyOfHeader(name)).toBe(currency);
  });

  test('make a header with a date and an amount only', () => {
    expect(isHeader(['Date', 'Text', 'Amount'])).toBe(true);
    expect(isHeader(['Date', 'Soll', 'Haben'])).toBe(true);
    expect(isHeader(['Date', 'Balance'])).toBe(false);
    expect(isHeader(['Name', 'Amount'])).toBe(false);
  });
});

describe('columns of a table', () => {
  const columnsOf = (text: string) => {
    const [header, ...rows] = readFirstRows(text, ';');
    return header && findColumns(header.cells, rows);
  };

  test('are what their cells are where a name means two things', () => {
    const german = 'Buchung;Valuta;Betrag\n01.02.2026;02.02.2026;-5,00\n';
    expect(columnsOf(german)).toMatchObject({ bookingDate: 0, valueDate: 1, currency: undefined });
    const dutch = 'Datum;Valuta;Bedrag\n01-02-2026;EUR;-5,00\n';
    expect(columnsOf(dutch)).toMatchObject({ bookingDate: 0, valueDate: undefined, currency: 1 });
  });

  test('have a flag without a name where every cell is one', () => {
    expect(columnsOf('Datum;Umsatz;\n1.2.2026;5,00;S\n2.2.2026;6,00;H\n')?.flag).toBe(2);
    expect(columnsOf('Datum;Umsatz;\n1.2.2026;5,00;S\n2.2.2026;6,00;x\n')?.flag).toBeUndefined();
  });

  test('have the account itself where all rows share it, the counterparty’s where they do not', () => {
    const table = (a: string, b: string) => `Datum;IBAN;Betrag\n1.2.2026;${a};1\n2.2.2026;${b};1\n`;
    expect(columnsOf(table('DE1', 'DE1'))).toMatchObject({
      account: 1,
      counterpartyAccount: undefined,
    });
    expect(columnsOf(table('DE1', 'DE2'))).toMatchObject({
      account: undefined,
      counterpartyAccount: 1,
    });
  });

  test('have a reference only where it names one entry and no running number', () => {
    const table = (a: string, b: string) => `Date;Id;Amount\n1.2.2026;${a};1\n2.2.2026;${b};1\n`;
    expect(columnsOf(table('A00001', 'A00002'))?.reference).toBe(1);
    expect(columnsOf(table('A00001', 'A00001'))?.reference).toBeUndefined();
    expect(columnsOf(table('1', '2'))?.reference).toBeUndefined();
  });
});

describe('words in rows', () => {
  test.each([
    ['Umsatz vorgemerkt und nicht gebucht', 'pending'],
    ['Umsatz gebucht', 'booked'],
    ['COMPLETED', 'booked'],
    ['Not cleared', 'pending'],
    ['En attente', 'pending'],
    ['Declined', 'void'],
    ['ממתין', 'pending'],
    ['Berlin', undefined],
  ])('%s is an entry that is %s', (cell, state) => {
    expect(stateOf(cell)).toBe(state);
  });

  test.each([
    ['Beginning balance as of 02/01/2026', 'opening'],
    ['Anfangssaldo', 'opening'],
    ['Solde précédent', 'opening'],
    ['Saldo', 'total'],
    ['SALDO FINAL', 'closing'],
    ['Totale', 'total'],
    ['סה"כ', 'total'],
    ['Total Station 17', undefined],
    ['Übertrag', undefined],
    ['Balance Yoga', undefined],
    ['1.234,00', undefined],
  ])('%s is a row of kind %s', (cell, kind) => {
    expect(summaryOf(cell)).toBe(kind);
  });
});
