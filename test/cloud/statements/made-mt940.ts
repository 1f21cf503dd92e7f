import fc from 'fast-check';
import { addDays, type CalendarDate } from '../../../shared/calendar-date.ts';

/** An entry as it is to be read, and how it is written. */
export interface MadeEntry {
  readonly day: CalendarDate;
  readonly valueDay: CalendarDate;
  readonly minor: number;
  readonly isPending: boolean;
  readonly reference: string;
  readonly name: string;
  readonly purpose: string;
  readonly mark: string;
  readonly amount: string;
  readonly entryDay: string;
}

export interface MadeStatement {
  readonly opening: number;
  readonly closing: number;
  readonly entries: readonly MadeEntry[];
  readonly text: string;
}

const account = 'DE89370400440532013000';
const digits = (day: CalendarDate) => day.slice(2).replaceAll('-', '');
const words = fc
  .array(fc.stringMatching(/^[A-Za-z0-9äöüßÉ.,]{1,14}$/), { minLength: 1, maxLength: 12 })
  .map((all) => all.join(' '));
const name = fc.stringMatching(/^[A-Z][a-zäöü]{1,12} [A-Z][a-z]{2,12}$/);

/** Marks of credits; a reversal's letters say the opposite, and a funds code may follow. */
const marks = { credit: ['C', 'CR', 'RD', 'RDR'], debit: ['D', 'DR', 'RC', 'RCR', 'DN'] };
const amountStyles: readonly ((minor: number) => string)[] = [
  (minor) => `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`,
  (minor) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
  (minor) =>
    `${String(Math.floor(minor / 100)).padStart(12, '0')},${String(minor % 100).padStart(2, '0')}`,
  (minor) =>
    `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`.replace(/0+$/, ''),
  (minor) =>
    minor % 100 === 0
      ? `${minor / 100}`
      : `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`,
  (minor) =>
    minor < 100
      ? `,${String(minor).padStart(2, '0')}`
      : `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`,
];

const entry = fc
  .record({
    valueOffset: fc.nat(800),
    between: fc.integer({ min: -120, max: 120 }),
    dates: fc.constantFrom('entry day', 'blanks', 'value day alone'),
    minor: fc.nat(999_999_999),
    isCredit: fc.boolean(),
    isExpected: fc.boolean(),
    mark: fc.nat(),
    style: fc.nat(amountStyles.length - 1),
    reference: fc.stringMatching(/^[A-Z0-9]{0,14}7$/),
    name,
    purpose: words,
  })
  .map((made): MadeEntry => {
    const valueDay = addDays('2024-01-01', made.valueOffset);
    const isAlone = made.dates !== 'entry day';
    const day = isAlone ? valueDay : addDays(valueDay, made.between);
    const all = made.isCredit ? marks.credit : marks.debit;
    const mark = made.isExpected ? `E${made.isCredit ? 'C' : 'D'}` : all[made.mark % all.length];
    return {
      day,
      valueDay,
      minor: (made.isCredit ? made.minor : -made.minor) || 0,
      isPending: made.isExpected,
      reference: made.reference,
      name: made.name,
      purpose: made.purpose,
      mark: mark ?? '',
      amount: amountStyles[made.style]?.(made.minor) ?? '',
      entryDay: isAlone ? (made.dates === 'blanks' ? '    ' : '') : digits(day).slice(2),
    };
  });

type Information = (entry: MadeEntry) => string;
const pieces = (text: string) => text.match(/.{1,27}/gs) ?? [];
const subfields =
  (mark: string, isKeyed: boolean): Information =>
  ({ name, purpose }) => {
    const parts = pieces(isKeyed ? `EREF+NOTPROVIDED SVWZ+${purpose}` : purpose);
    const all = parts.map((part, index) => `${mark}${index < 10 ? 20 + index : 50 + index}${part}`);
    return `166${mark}0012${all.join('')}${mark}31${account}${mark}32${pieces(name).join(`${mark}33`)}`;
  };
/** What :86: says of name and purpose, in the manner of several countries. */
const dialects: Readonly<Record<string, Information>> = {
  german: subfields('?', true),
  'older german': subfields('?', false),
  polish: subfields('~', false),
  hungarian: subfields('^', true),
  dutch: ({ name, purpose }) =>
    `/TRTP/12/IBAN/${account}/BIC/COBADEFFXXX/NAME/${name}/REMI/${purpose}/EREF/NOTPROVIDED`,
  rabobank: ({ name, purpose }) => `/ORDP//NAME/${name}/ADDR/1 A/REMI/${purpose}/ISDT/2026-01-02`,
  ing: ({ name, purpose }) => `/CNTP/${account}/COBADEFFXXX/${name}///REMI/USTD//${purpose}/`,
};

const wrap = (text: string) => (text.match(/.{1,65}/gs) ?? []).join('\n');

const lineEnds = { lf: '\n', crlf: '\r\n', cr: '\r', '@@': '@@' };

/** A statement in one account, of one or more pages, written in any manner. */
export const madeMt940: fc.Arbitrary<MadeStatement> = fc
  .record({
    opening: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
    pages: fc.array(fc.array(entry, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
    dialect: fc.constantFrom(...Object.keys(dialects)),
    end: fc.constantFrom(...Object.values(lineEnds)),
    isWrapped: fc.boolean(),
    frame: fc.constantFrom('blocks', 'dash', 'header lines', 'none'),
    hasNumber: fc.boolean(),
  })
  .map(({ opening, pages, dialect, end, isWrapped, frame, hasNumber }) => {
    const entries = pages.flat();
    const balance = (minor: number, letter: string) =>
      `${minor < 0 ? 'D' : 'C'}${digits('2026-03-01')}EUR${amountStyles[0]?.(Math.abs(minor))}${letter}`;
    let sum = opening;
    const messages = pages.map((page, index) => {
      const isLast = index === pages.length - 1;
      const before = balance(sum, '');
      const lines = page.flatMap((made) => {
        if (!made.isPending) sum += made.minor;
        const information = dialects[dialect]?.(made) ?? '';
        const { valueDay, entryDay, mark, amount, reference } = made;
        return [
          `:61:${digits(valueDay)}${entryDay}${mark}${amount}NTRFNONREF//${reference}`,
          `:86:${isWrapped ? wrap(information) : information}`,
        ];
      });
      const message = [
        ...(frame === 'blocks' ? ['{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFXXXXN}{4:'] : []),
        ...(frame === 'header lines' ? ['0000 01EXAMDEFFAXXX00001', '940 00'] : []),
        ...(hasNumber || pages.length > 1 ? [`:20:STARTUMSE`] : []),
        `:25:${account}`,
        `:28C:${12}/${index + 1}`,
        `:60${index === 0 ? 'F' : 'M'}:${before}`,
        ...lines,
        `:62${isLast ? 'F' : 'M'}:${balance(sum, '')}`,
        ...(frame === 'blocks' ? ['-}{5:{MAC:00000000}}'] : []),
        ...(frame === 'none' ? [] : frame === 'blocks' ? [] : ['-']),
      ];
      return message.join('\n');
    });
    return {
      opening,
      closing: sum,
      entries,
      text: `${messages.join('\n')}\n`.replaceAll('\n', end),
    };
  });
