import fc from 'fast-check';
import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';

export interface MadeMovement {
  readonly day: CalendarDate;
  readonly valueDay: CalendarDate;
  readonly minor: number;
  readonly text: string;
}

export interface MadeFile {
  readonly accounts: readonly {
    readonly opening: number;
    readonly closing: number;
    readonly movements: readonly MadeMovement[];
  }[];
  readonly bytes: Uint8Array;
}

const digits = (day: CalendarDate) => day.slice(2).replaceAll('-', '');
const sum = (minor: number) => String(Math.abs(minor)).padStart(14, '0');
const mark = (minor: number) => (minor < 0 ? '1' : '2');

const movement = fc
  .record({
    day: fc.nat(800),
    after: fc.integer({ min: -20, max: 20 }),
    minor: fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }),
    lines: fc.array(fc.stringMatching(/^[A-Z]{1,6}[ÑÓ]?[A-Z]{1,6} [A-Z0-9]{2,12}Ñ?[A-Z]{2}$/), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ day, after, minor, lines }): MadeMovement => {
    const booked = addDays('2024-01-01', day);
    return {
      day: booked,
      valueDay: addDays(booked, after),
      minor,
      text: [...new Set(lines)].join('\n'),
    };
  });

/** Code page 850's bytes of the letters in use. */
const in850: Readonly<Record<string, number>> = { Ñ: 0xa5, Ó: 0xe0 };
const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'windows-1252': (text) => Buffer.from(text, 'latin1'),
  'code page 850': (text) =>
    Uint8Array.from(text, (letter) => in850[letter] ?? letter.charCodeAt(0)),
};

/** A file of one or more accounts, written in any manner that keeps its records. */
export const madeN43: fc.Arbitrary<MadeFile> = fc
  .record({
    accounts: fc.array(
      fc.record({
        opening: fc.integer({ min: -1e10, max: 1e10 }),
        movements: fc.array(movement, { maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    encoding: fc.constantFrom(...Object.keys(encoders)),
    end: fc.constantFrom('\n', '\r\n', '\r', ''),
    isTrimmed: fc.boolean(),
    padding: fc.constantFrom('', '\u001a', '\n\n'),
  })
  .map(({ accounts, encoding, end, isTrimmed, padding }) => {
    const records: string[] = [];
    const told = accounts.map(({ opening, movements }, index) => {
      const number = `210004180200051${String(index).padStart(3, '0')}`;
      const closing = movements.reduce((left, { minor }) => left + minor, opening);
      const of = (isDebit: boolean) => movements.filter(({ minor }) => minor < 0 === isDebit);
      const count = (isDebit: boolean) =>
        String(of(isDebit).length).padStart(5, '0') +
        sum(of(isDebit).reduce((left, { minor }) => left + minor, 0));
      records.push(`11${number}240101260331${mark(opening)}${sum(opening)}9783EJEMPLO SL`);
      for (const { day, valueDay, minor, text } of movements) {
        records.push(`22    0418${digits(day)}${digits(valueDay)}04016${mark(minor)}${sum(minor)}`);
        for (const [place, line] of text.split('\n').entries())
          records.push(`230${place + 1}${line}`);
      }
      records.push(`33${number}${count(true)}${count(false)}${mark(closing)}${sum(closing)}978`);
      return { opening, closing, movements };
    });
    records.push(`88${'9'.repeat(18)}${String(records.length).padStart(6, '0')}`);
    const lines = records.map((record) => (isTrimmed && end !== '' ? record : record.padEnd(80)));
    const text = lines.join(end) + (end === '' ? '' : end + padding);
    return { accounts: told, bytes: encoders[encoding]?.(text) ?? Buffer.from(text) };
  });
