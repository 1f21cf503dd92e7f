import { expect, test } from '@jest/globals';
import type { ObservedEntry } from '../../../shared/bank.ts';
import { parseMoney } from '../../../shared/money.ts';
import { counts, createKeptEntries, idsOf } from './kept-entries.ts';

/** Entries from lines such as `B-1 booked 03-02 -12.90 | Pizza Blitz | PIZZA BLITZ BERLIN`; `-` for no reference. */
function shown(lines: string): readonly ObservedEntry[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', counterparty = '', text = ''] = line.split('|').map((part) => part.trim());
      const [reference = '-', status, day, amount = ''] = head.split(/\s+/);
      return {
        ...(reference !== '-' && { reference }),
        status: status === 'pending' ? 'pending' : 'booked',
        bookingDate: `2026-${day}`,
        valueDate: `2026-${day}`,
        amount: parseMoney(amount, 'EUR'),
        counterparty,
        text,
      };
    });
}

const unchanged = { added: 0, changed: 0, removed: 0, unclear: 0 };

test('one of two equal pending entries books first: the test charge goes, the other waits for its day', () => {
  const kept = createKeptEntries();
  kept.sync(
    shown(`
      P-1 pending 03-01 -12.90 | Lieferdienst Pizza Blitz | KARTE VORGEMERKT PIZZA BLITZ
      P-2 pending 03-01 -12.90 | Lieferdienst Pizza Blitz | KARTE VORGEMERKT PIZZA BLITZ
      P-3 pending 03-01 -1.00 | Parkhaus Mitte | KARTE VORGEMERKT PARKHAUS MITTE PRUEFUNG`),
  );
  const first = kept.sync(
    shown(`
      B-1 booked 03-02 -12.90 | Pizza Blitz | PIZZA BLITZ BERLIN KARTE 1234
      P-2 pending 03-01 -12.90 | Lieferdienst Pizza Blitz | KARTE VORGEMERKT PIZZA BLITZ`),
  );
  expect(counts(first)).toEqual({ added: 0, changed: 1, removed: 1, unclear: 0 });
  expect(first.changed[0]?.after).toMatchObject({ id: 'e1', reference: 'B-1' });
  const second = kept.sync(
    shown(`
      B-1 booked 03-02 -12.90 | Pizza Blitz | PIZZA BLITZ BERLIN KARTE 1234
      B-2 booked 03-03 -12.90 | Pizza Blitz | PIZZA BLITZ BERLIN KARTE 1234`),
  );
  expect(counts(second)).toEqual({ ...unchanged, changed: 1 });
  expect([...kept.rows()]).toEqual([
    ['e1', '-12.90 2026-03-02 PIZZA BLITZ BERLIN KARTE 1234'],
    ['e2', '-12.90 2026-03-03 PIZZA BLITZ BERLIN KARTE 1234'],
  ]);
});

test('a pending entry is booked with a tip, a new reference and another text', () => {
  const kept = createKeptEntries();
  kept.sync(shown('P-1 pending 03-01 -40.00 | Trattoria Roma | CARD PENDING TRATTORIA ROMA'));
  const booked = 'B-77 booked 03-03 -46.00 | Trattoria Roma | TRATTORIA ROMA MUENCHEN KARTE 1234';
  expect(counts(kept.sync(shown(booked)))).toEqual({ ...unchanged, changed: 1 });
  expect([...kept.rows()]).toEqual([
    ['e1', '-46.00 2026-03-03 TRATTORIA ROMA MUENCHEN KARTE 1234'],
  ]);
});

test('a day is numbered anew, and each row stays what it is', () => {
  const kept = createKeptEntries();
  kept.sync(
    shown(`
      001 booked 03-02 -84.00 | Stadtwerke | STADTWERKE STROM ABSCHLAG MAERZ
      002 booked 03-02 -19.99 | Funknetz | FUNKNETZ MOBIL RECHNUNG 0226`),
  );
  const anew = shown(`
    001 booked 03-02 2500.00 | Werk AG | GEHALT MAERZ WERK AG
    002 booked 03-02 -84.00 | Stadtwerke | STADTWERKE STROM ABSCHLAG MAERZ
    003 booked 03-02 -19.99 | Funknetz | FUNKNETZ MOBIL RECHNUNG 0226`);
  expect(kept.sync(anew).added.map(({ text }) => text)).toEqual(['GEHALT MAERZ WERK AG']);
  expect(
    idsOf(kept.entries(), 'STADTWERKE STROM ABSCHLAG MAERZ', 'FUNKNETZ MOBIL RECHNUNG 0226'),
  ).toEqual(['e1', 'e2']);
  expect(counts(kept.sync(anew))).toEqual(unchanged);
});

test('three pending entries are booked under their references with other texts and dates', () => {
  const kept = createKeptEntries();
  kept.sync(
    shown(`
      U1 pending 03-01 -59.90 | Spielwaren Kunz | VORGEMERKT SPIELWAREN KUNZ
      U2 pending 03-01 -27.00 | Theaterkasse | VORGEMERKT THEATERKASSE
      U3 pending 03-02 -8.50 | Kantine | VORGEMERKT KANTINE WERK 2`),
  );
  const booked = shown(`
    U1 booked 03-03 -59.90 | Spielwaren Kunz GmbH | SPIELWAREN KUNZ GMBH FILIALE 3 KARTE 1234
    U2 booked 03-03 -27.00 | Staatstheater | STAATSTHEATER KASSE 2 KARTE 1234
    U3 booked 03-03 -8.50 | Kantine Betriebs GmbH | KANTINE WERK 2 KARTE 1234`);
  expect(counts(kept.sync(booked))).toEqual({ ...unchanged, changed: 3 });
  expect(kept.entries().map(({ id, reference }) => [id, reference])).toEqual([
    ['e1', 'U1'],
    ['e2', 'U2'],
    ['e3', 'U3'],
  ]);
  expect(counts(kept.sync(booked))).toEqual(unchanged);
});

test('a file and the bank tell the same story, and a wrong file that is undone takes nothing with it', () => {
  const kept = createKeptEntries();
  kept.importFile(
    shown(`
      - booked 01-20 -149.00 | Optiker Klar | OPTIKER KLAR
      - booked 02-03 -2.80 | Cafe Rot | CAFE ROT KARTENZAHLUNG
      - booked 02-03 -2.80 | Cafe Rot | CAFE ROT KARTENZAHLUNG
      - booked 02-10 -47.11 | Buchhandlung am Tor | BUCHHANDLUNG AM TOR`),
  );
  const bank = shown(`
    F1 booked 02-03 -2.80 | Cafe Rot | CAFE ROT KARTENZAHLUNG
    F2 booked 02-03 -2.80 | Cafe Rot | CAFE ROT KARTENZAHLUNG
    F3 booked 02-10 -47.11 | Buchhandlung am Tor | BUCHHANDLUNG AM TOR
    F4 booked 02-24 1900.00 | Werk AG | GEHALT FEBRUAR
    F5 booked 03-02 -31.00 | Tankstelle West | TANKSTELLE WEST`);
  const window = { from: '2026-01-21' };
  expect(counts(kept.sync(bank, window))).toMatchObject({ added: 2, removed: 0 });
  const camt = kept.importFile(
    shown(`
      - booked 02-10 -47.11 | Buchhandlung am Tor | BUCHHANDLUNG AM TOR
      - booked 02-24 1900.00 | Werk AG | GEHALT FEBRUAR
      - booked 03-02 -31.00 | Tankstelle West | TANKSTELLE WEST
      - booked 03-03 -64.90 | Schuhhaus | SCHUHHAUS ABSATZ`),
  );
  expect(camt.added.map(({ text }) => text)).toEqual(['SCHUHHAUS ABSATZ']);
  const ahead = [...bank, ...shown('F6 booked 03-03 -64.90 | Schuhhaus | SCHUHHAUS ABSATZ')];
  expect(counts(kept.sync(ahead, window))).toMatchObject({ added: 0, removed: 0 });
  kept.importFile(
    shown(`
      - booked 03-02 -31.00 | Tankstelle West | TANKSTELLE WEST
      - booked 03-03 -777.00 | Falsches Konto | GEHOERT NICHT HIERHER`),
    { runId: 'wrong' },
  );
  kept.undo('wrong');
  expect(kept.entries().filter(({ undone }) => undone)).toMatchObject([
    { text: 'GEHOERT NICHT HIERHER' },
  ]);
  expect(counts(kept.sync(ahead, window))).toEqual(unchanged);
  expect(kept.entries()).toHaveLength(8);
});

test('after a reconnection with new references nothing is doubled, and the gap is filled', () => {
  const kept = createKeptEntries();
  kept.sync(
    shown(`
      S1-11 booked 02-02 -55.00 | Drogerie Blum | DROGERIE BLUM FILIALE 7
      S1-12 booked 02-09 -18.20 | Baecker Kornfeld | BAECKER KORNFELD
      S1-13 booked 02-09 -18.20 | Baecker Kornfeld | BAECKER KORNFELD`),
  );
  const { added } = kept.sync(
    shown(`
      S2-11 booked 02-02 -55.00 | Drogerie Blum | DROGERIE BLUM FILIALE 7
      S2-12 booked 02-09 -18.20 | Baecker Kornfeld | BAECKER KORNFELD
      S2-13 booked 02-09 -18.20 | Baecker Kornfeld | BAECKER KORNFELD
      S2-14 booked 02-14 -64.10 | Supermarkt Nord | SUPERMARKT NORD
      S2-15 booked 02-20 -18.20 | Baecker Kornfeld | BAECKER KORNFELD`),
  );
  expect(added.map(({ reference }) => reference)).toEqual(['S2-14', 'S2-15']);
  expect(kept.entries().map(({ id }) => id)).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
});

test('connected anew and undone: only what the last sync brought goes, and the next one brings it back', () => {
  const kept = createKeptEntries();
  const first = `
    a-1 booked 03-01 -44.00 | Getraenkemarkt | GETRAENKEMARKT DURST
    a-2 booked 03-02 -16.50 | Kino Astoria | KINO ASTORIA
    a-3 booked 03-02 -16.50 | Kino Astoria | KINO ASTORIA`;
  kept.sync(shown(first));
  const anew = shown(`${first.replaceAll('a-', 'n-')}
    n-5 booked 03-06 -120.00 | Zahnarzt Dr. Weiss | ZAHNARZT DR. WEISS`);
  kept.sync(anew, { runId: 'last' });
  kept.undo('last');
  expect(kept.entries().map(({ undone }) => undone)).toEqual([
    undefined,
    undefined,
    undefined,
    true,
  ]);
  const { added, changed } = kept.sync(anew, { runId: 'next' });
  expect(added).toEqual([]);
  expect(changed.map(({ after }) => [after.id, after.addedBy])).toEqual([['e4', 'next']]);
});

test('two equal coffees on one day are two entries, and a third is one more', () => {
  const kept = createKeptEntries();
  const coffees = (count: number) =>
    shown(Array(count).fill('- booked 03-02 -2.80 | Cafe Rot | CAFE ROT KARTENZAHLUNG').join('\n'));
  expect(counts(kept.sync(coffees(2)))).toEqual({ ...unchanged, added: 2 });
  expect(counts(kept.sync(coffees(3)))).toEqual({ ...unchanged, added: 1 });
  expect(counts(kept.sync(coffees(3)))).toEqual(unchanged);
});

test('a fuel hold and a hotel of the same sum settle each for its own', () => {
  const kept = createKeptEntries();
  const hotel = 'H-3 pending 03-02 -100.00 | Hotel Krone | VORAUTORISIERUNG HOTEL KRONE';
  kept.sync(
    shown(`
      F-9 pending 03-02 -100.00 | Tankstelle West | VORAUTORISIERUNG TANKSTELLE WEST
      ${hotel}`),
  );
  const fuel = 'F-9 booked 03-03 -61.35 | Tankstelle West | TANKSTELLE WEST SAEULE 4';
  expect(counts(kept.sync(shown(`${fuel}\n${hotel}`)))).toEqual({ ...unchanged, changed: 1 });
  kept.sync(shown(`${fuel}\nH-4 booked 03-05 -112.50 | Hotel Krone | HOTEL KRONE 2 NAECHTE`));
  expect([...kept.rows()]).toEqual([
    ['e1', '-61.35 2026-03-03 TANKSTELLE WEST SAEULE 4'],
    ['e2', '-112.50 2026-03-05 HOTEL KRONE 2 NAECHTE'],
  ]);
});

test('a withdrawal that was never pending takes no pending entry of its amount', () => {
  const kept = createKeptEntries();
  kept.sync(
    shown(`
      p-1 pending 03-02 -20.00 | Baecker Kornfeld | VORGEMERKT BAECKER KORNFELD
      p-2 pending 03-02 -20.00 | Buchhandlung am Tor | VORGEMERKT BUCHHANDLUNG AM TOR`),
  );
  const { added } = kept.sync(
    shown(`
      b-1 booked 03-03 -20.00 | Geldautomat | BARGELD HAUPTBAHNHOF
      b-2 booked 03-03 -20.00 | Buchhandlung am Tor | BUCHHANDLUNG AM TOR KARTE 1234
      p-9 pending 03-02 -20.00 | Baecker Kornfeld | VORGEMERKT BAECKER KORNFELD`),
  );
  expect(added.map(({ text }) => text)).toEqual(['BARGELD HAUPTBAHNHOF']);
  expect(
    idsOf(kept.entries(), 'VORGEMERKT BAECKER KORNFELD', 'BUCHHANDLUNG AM TOR KARTE 1234'),
  ).toEqual(['e1', 'e2']);
});

test('money back under the same reference is an entry of its own', () => {
  const kept = createKeptEntries();
  const paid = 'A1 booked 03-02 -13.00 | Imbiss am Eck | IMBISS AM ECK';
  kept.sync(shown(paid));
  const all = shown(`
    ${paid}
    A1 booked 03-02 13.00 | Imbiss am Eck | ERSTATTUNG IMBISS AM ECK
    A2 booked 03-02 -13.00 | Imbiss am Eck | IMBISS AM ECK`);
  expect(counts(kept.sync(all))).toEqual({ ...unchanged, added: 2 });
  expect(counts(kept.sync(all))).toEqual(unchanged);
});
