import fc from 'fast-check';

/** How a program writes QIF. */
export interface QifDialect {
  readonly order: 'dmy' | 'mdy' | 'ymd';
  readonly separator: '/' | '-' | '.';
  /** `quoted` is Quicken's '26. */
  readonly year: 'four' | 'two' | 'quoted';
  readonly padding: '0' | ' ' | '';
  readonly style: 'point' | 'comma';
  readonly hasThousands: boolean;
  readonly decimals: 0 | 2;
  readonly end: '^' | '^^' | '' | 'empty line';
  /** Of the lines of a record. */
  readonly letters: string;
  readonly header: string;
  readonly lineEnd: '\n' | '\r\n';
}

/** Dialects that exist: nobody writes the month first with points or a decimal comma, or short years first with slashes. */
export const qifDialect: fc.Arbitrary<QifDialect> = fc
  .record({
    order: fc.constantFrom('dmy', 'mdy', 'ymd'),
    separator: fc.constantFrom('/', '-', '.'),
    year: fc.constantFrom('four', 'two', 'quoted'),
    padding: fc.constantFrom('0', ' ', ''),
    style: fc.constantFrom('point', 'comma'),
    hasThousands: fc.boolean(),
    decimals: fc.constantFrom(0, 2),
    end: fc.constantFrom('^', '^^', '', 'empty line'),
    letters: fc.constantFrom('DTPM', 'DTCPML', 'TDMP', 'NDPMT', 'DUTPM', 'DUPM', 'DPMTS'),
    header: fc.constantFrom(
      '!Type:Bank',
      '!Type:CCard ',
      '!Account\nNEveryday\nTBank\n^\n!Type:Bank',
      '!Option:AutoSwitch\n!Account\nNA\n^\nNB\n^\n!Clear:AutoSwitch\n!Account\nNA\n^\n!type:bank',
    ),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  } as const)
  .filter(({ order, separator, year, style }) => {
    if (order === 'mdy' && (separator === '.' || style === 'comma')) return false;
    return order !== 'ymd' || year === 'four' || (year === 'two' && separator === '-');
  });

interface WrittenEntry {
  readonly day: string;
  readonly minor: number;
  readonly counterparty: string;
  readonly text: string;
}

export function writeQif(entries: readonly WrittenEntry[], dialect: QifDialect): string {
  const { header, letters, end, lineEnd } = dialect;
  const records = entries.map((entry) => {
    const amount = writeAmount(entry.minor, dialect);
    const lines = [...letters].flatMap((letter) => {
      switch (letter) {
        case 'D':
          return `D${writeDay(entry.day, dialect)}`;
        case 'T':
        case 'U':
          return `${letter}${amount}`;
        case 'P':
          return entry.counterparty ? `P${entry.counterparty}` : [];
        case 'M':
          return entry.text ? `M${entry.text}` : [];
        case 'S':
          return ['SFood', 'EThis', `$${amount}`];
        default:
          return letter === 'N' ? 'NABC' : letter === 'C' ? 'CX' : 'L[Other]';
      }
    });
    return [...lines, ...(end === '' ? [] : [end === 'empty line' ? '' : end])].join('\n');
  });
  return [header, ...records, ''].join('\n').replaceAll('\n', lineEnd);
}

function writeDay(date: string, { order, separator, year, padding }: QifDialect): string {
  const [y = '', m = '', d = ''] = date.split('-');
  const short = (part: string) => (padding === '0' ? part : part.replace(/^0/, padding));
  const parts = { y: year === 'four' ? y : y.slice(2), m: short(m), d: short(d) };
  const [first, second, third] = [...order].map((letter) => parts[letter as 'y']);
  return `${first}${separator}${second}${year === 'quoted' ? "'" : separator}${third}`;
}

function writeAmount(minor: number, { style, hasThousands, decimals }: QifDialect): string {
  const whole = String(Math.trunc(Math.abs(minor) / 100));
  const [thousands, point] = style === 'point' ? [',', '.'] : ['.', ','];
  const grouped = hasThousands ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole;
  const cents = decimals === 2 ? point + String(Math.abs(minor) % 100).padStart(2, '0') : '';
  return `${minor < 0 ? '-' : ''}${grouped}${cents}`;
}
