import { addDays, type CalendarDate } from '../../shared/calendar-date.ts';
import { type Random, randomFrom } from './made-up-banks.ts';

/** An entry of a made-up account in EUR, as a bank knows it. */
export interface MadeUpEntry {
  readonly day: CalendarDate;
  readonly valueDay: CalendarDate;
  /** Cents, negative for money out. */
  readonly minor: number;
  /** Cents, after the entry. */
  readonly balance: number;
  readonly counterparty: string;
  readonly iban: string;
  readonly text: string;
  /** Of 16 characters, each entry's own. */
  readonly reference: string;
}

export const openingMinor = 1_234_567;
export const ownBank = { code: '37040044', bic: 'COBADEFFXXX', account: '0532013000' };
export const ownIban = 'DE89370400440532013000';
const firstDay = '2024-01-01';
const dayCount = 730;
const partnerCount = 400;

/** So many entries over two years, the oldest first; the same for the same count. */
export function makeUpEntries(count: number): readonly MadeUpEntry[] {
  const random = randomFrom(20_261_121);
  const partners = Array.from({ length: partnerCount }, (_, at) => makeUpPartner(at, random));
  let balance = openingMinor;
  return Array.from({ length: count }, (_, at) => {
    const day = addDays(firstDay, Math.floor((at * dayCount) / count));
    const partner = partners[random(partnerCount)] ?? makeUpPartner(0, random);
    // Money comes in seldom, and as much as goes out.
    const isIn = random(8) === 0;
    const minor = isIn ? 5000 + random(60_000) : -(100 + random(9200));
    balance += minor;
    return {
      day,
      valueDay: random(5) === 0 ? addDays(day, 1) : day,
      minor,
      balance,
      ...partner,
      text: makeUpText(isIn, random),
      reference: `F${String(at).padStart(8, '0')}${String(random(10_000_000)).padStart(7, '0')}`,
    };
  });
}

const beginnings =
  'Bäckerei,Markt,Apotheke,Café,Stadtwerke,Gärtnerei,Hotel,Schreinerei,Kiosk'.split(',');
const names = 'Müller,Weber,Sommer,Núñez,Rossi,Dupré,Jansen,Novak,Larsen,Berger,Falk,Østby'.split(
  ',',
);
const places = 'Köln,Lyon,Graz,Málaga,Torino,Gent,Århus,Ulm,Bremen,Basel,Porto,Trier'.split(',');

function makeUpPartner(at: number, random: Random) {
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  return {
    counterparty: `${pick(beginnings)} ${pick(names)} ${pick(places)}`,
    iban: germanIban(`${10_000_000 + at * 7919}${String(random(1_000_000_000)).padStart(10, '0')}`),
  };
}

function germanIban(digits: string): string {
  const rest = [...`${digits}131400`].reduce((left, digit) => (left * 10 + Number(digit)) % 97, 0);
  return `DE${String(98 - rest).padStart(2, '0')}${digits}`;
}

function makeUpText(isIn: boolean, random: Random): string {
  const number = () => String(10_000 + random(90_000));
  if (isIn) return `Rechnung ${number()} vom Vormonat, Kunde ${number()}`;
  const kinds = [
    () =>
      `Kartenzahlung ${number()} Terminal ${random(97)} um ${10 + random(10)}.${10 + random(50)} Uhr`,
    () => `Dauerauftrag Miete Wohnung ${random(40)} Vertrag ${number()}`,
    () => `Ihr Einkauf vom Montag, Danke! Beleg ${number()} Filiale ${number()}`,
    () => `Beitrag für das Quartal ${1 + random(4)}, Mitglied ${number()}`,
  ];
  return (kinds[random(kinds.length)] ?? kinds[0])?.() ?? '';
}
