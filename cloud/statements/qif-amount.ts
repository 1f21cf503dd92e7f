/** Which character stands before the decimals. */
export type DecimalStyle = 'point' | 'comma';

/** An amount without blanks, apostrophes and currency, as `-1,234.50`. */
const usual = /^[-+]?\d[\d.,]*$/;
const ornaments = /[\s\u00a0\u202f'’]|\p{Sc}|[A-Z]{3}/gu;
const signed = /^(\(?)([-+−]?)([\d.,]*\d[\d.,]*)([-+−]?)(\)?)$/;

function bareAmount(text: string): string | undefined {
  if (usual.test(text)) return text;
  if (text.length > 60) return undefined;
  const [, opened, before = '', digits = '', after = '', closed] =
    signed.exec(text.replace(ornaments, '')) ?? [];
  if (digits === '' || Boolean(opened) !== Boolean(closed)) return undefined;
  const signs = [opened ? '-' : '', before, after].filter((sign) => sign !== '');
  if (signs.length > 1) return undefined;
  return `${signs[0] === undefined || signs[0] === '+' ? '' : '-'}${digits}`;
}

/** What an amount says of the style: nothing, or that it could be read in both (1,234). */
function styleOf(bare: string): DecimalStyle | 'none' | 'either' {
  const [, first, last] = /^[^.,]*([.,])(?:.*([.,]))?[^.,]*$/.exec(bare) ?? [];
  if (first === undefined) return 'none';
  const style = (last ?? first) === '.' ? 'point' : 'comma';
  if (last === undefined) return /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(bare) ? 'either' : style;
  const isGrouped = !bare.includes(last === '.' ? ',' : '.');
  if (!isGrouped) return style;
  return style === 'point' ? 'comma' : 'point';
}

/** Decimal text with a point; undefined where the separators do not stand as they do in this style. */
function toDecimalText(bare: string, style: DecimalStyle): string | undefined {
  const isGrouped = style === 'point' ? groupedByCommas : groupedByPoints;
  const plain = style === 'point' ? bare.replaceAll(',', '') : bare.replaceAll('.', '');
  if (plain.length < bare.length && !isGrouped.test(bare)) return undefined;
  const text = plain.replace(',', '.');
  return /^[-+]?\d*(\.\d*)?$/.test(text) ? text.replace(/\.$/, '') : undefined;
}

// India writes 12,34,567.
const groupedByCommas = /^[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;
const groupedByPoints = /^[-+]?\d{1,3}(?:\.\d{2,3})*\.\d{3}(?:,\d*)?$/;

/** What a file says of the style of its amounts. */
export interface AmountEvidence {
  see(text: string): void;
  /** `either`: all that have a separator can be read in both styles. `both`: some are written in one, some in the other. */
  style(): DecimalStyle | 'either' | 'both';
  /** Those that could be read in both. */
  readonly open: ReadonlySet<string>;
}

export function gatherAmounts(): AmountEvidence {
  const counts = { point: 0, comma: 0, none: 0, either: 0 };
  const open = new Set<string>();
  return {
    open,
    see(text) {
      const bare = bareAmount(text);
      if (bare === undefined) return;
      const style = styleOf(bare);
      counts[style] += 1;
      if (style === 'either' && open.size < 10) open.add(text);
    },
    style() {
      if (counts.point > 0) return counts.comma > 0 ? 'both' : 'point';
      if (counts.comma > 0) return 'comma';
      if (counts.either === 0) return 'point';
      // Who leaves out the cents at 300 does not write three decimals at 1,234; and Quicken groups by commas.
      const areCommas = [...open].every((text) => text.includes(','));
      return areCommas && counts.none > 0 ? 'point' : 'either';
    },
  };
}

/** Whether no comma in it can stand before its decimals, and no point between its thousands. */
export function isPlainlyPoint(text: string): boolean {
  const bare = bareAmount(text);
  const style = bare === undefined ? 'none' : styleOf(bare);
  return style === 'none' || style === 'point';
}

/** Decimal text with a point; undefined for what is no amount, or can be read two ways and `style` does not tell. */
export function readQifAmount(text: string, style: DecimalStyle | undefined): string | undefined {
  const bare = bareAmount(text);
  if (bare === undefined) return undefined;
  const own = styleOf(bare);
  if (own === 'either') return style && toDecimalText(bare, style);
  return toDecimalText(bare, own === 'none' ? 'point' : own);
}
