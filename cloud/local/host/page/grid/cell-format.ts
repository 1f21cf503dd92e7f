import type { sheets_v4 } from '@googleapis/sheets';
import {
  BorderStyleTypes,
  HorizontalAlign,
  type IBorderData,
  type IBorderStyleData,
  type IStyleData,
  type Nullable,
  numfmt,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/core';

type CellFormat = sheets_v4.Schema$CellFormat;
type Color = sheets_v4.Schema$Color;

/** How text looks that names nothing else: Google Sheets' own. Sizes in points. */
export const defaultText = { ff: 'Arial', fs: 10 } as const;

/** The parts of a cell's format that the grid shows and edits; what else a spreadsheet holds stays as it is. */
export const formatFields = [
  'numberFormat',
  'backgroundColor',
  'backgroundColorStyle',
  'borders',
  'horizontalAlignment',
  'verticalAlignment',
  'wrapStrategy',
  'textFormat(bold,italic,underline,strikethrough,fontFamily,fontSize,foregroundColor,foregroundColorStyle)',
].join(',');

const horizontal = {
  LEFT: HorizontalAlign.LEFT,
  CENTER: HorizontalAlign.CENTER,
  RIGHT: HorizontalAlign.RIGHT,
} as const;
const vertical = {
  TOP: VerticalAlign.TOP,
  MIDDLE: VerticalAlign.MIDDLE,
  BOTTOM: VerticalAlign.BOTTOM,
} as const;
const wrapping = {
  OVERFLOW_CELL: WrapStrategy.OVERFLOW,
  CLIP: WrapStrategy.CLIP,
  WRAP: WrapStrategy.WRAP,
} as const;
const borderStyles = {
  DOTTED: BorderStyleTypes.DOTTED,
  DASHED: BorderStyleTypes.DASHED,
  SOLID: BorderStyleTypes.THIN,
  SOLID_MEDIUM: BorderStyleTypes.MEDIUM,
  SOLID_THICK: BorderStyleTypes.THICK,
  DOUBLE: BorderStyleTypes.DOUBLE,
} as const;
/** Google's patterns for a type that names none, as in a spreadsheet of the United States. */
const defaultPatterns: Readonly<Record<string, string>> = {
  DATE: 'm/d/yyyy',
  TIME: 'h:mm:ss am/pm',
  DATE_TIME: 'm/d/yyyy h:mm:ss',
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '$#,##0.00',
  SCIENTIFIC: '0.00E+00',
  TEXT: '@',
};

/** The grid's style for a format; undefined for the spreadsheet's default. */
export function toStyle(format: CellFormat | undefined): IStyleData | undefined {
  if (!format) return undefined;
  const { textFormat: text = {}, numberFormat: number } = format;
  const pattern = number ? (number.pattern ?? defaultPatterns[number.type ?? '']) : undefined;
  const foreground = toCss(text.foregroundColorStyle?.rgbColor ?? text.foregroundColor);
  const background = toCss(format.backgroundColorStyle?.rgbColor ?? format.backgroundColor);
  const borders = toBorders(format.borders);
  const style: IStyleData = {
    ...(text.bold ? { bl: 1 } : {}),
    ...(text.italic ? { it: 1 } : {}),
    ...(text.underline ? { ul: { s: 1 } } : {}),
    ...(text.strikethrough ? { st: { s: 1 } } : {}),
    ...(text.fontFamily ? { ff: text.fontFamily } : {}),
    ...(text.fontSize ? { fs: text.fontSize } : {}),
    ...(foreground ? { cl: { rgb: foreground } } : {}),
    ...(background ? { bg: { rgb: background } } : {}),
    ...(borders ? { bd: borders } : {}),
    ...(pattern ? { n: { pattern } } : {}),
    ...pick('ht', horizontal, format.horizontalAlignment),
    ...pick('vt', vertical, format.verticalAlignment),
    ...pick('tb', wrapping, format.wrapStrategy),
  };
  return Object.keys(style).length > 0 ? style : undefined;
}

/** The format for a style of the grid, with nothing in it that is the default. */
export function toFormat(style: Nullable<IStyleData>): CellFormat {
  if (!style) return {};
  const foreground = fromCss(style.cl?.rgb);
  const background = fromCss(style.bg?.rgb);
  const text: sheets_v4.Schema$TextFormat = {
    ...(style.bl ? { bold: true } : {}),
    ...(style.it ? { italic: true } : {}),
    ...(style.ul?.s ? { underline: true } : {}),
    ...(style.st?.s ? { strikethrough: true } : {}),
    ...(style.ff && style.ff !== defaultText.ff ? { fontFamily: style.ff } : {}),
    ...(style.fs && style.fs !== defaultText.fs ? { fontSize: Math.round(style.fs) } : {}),
    ...(foreground ? { foregroundColorStyle: { rgbColor: foreground } } : {}),
  };
  const borders = fromBorders(style.bd);
  const pattern = style.n?.pattern;
  return {
    ...(Object.keys(text).length > 0 ? { textFormat: text } : {}),
    ...(background ? { backgroundColorStyle: { rgbColor: background } } : {}),
    ...(borders ? { borders } : {}),
    ...(pattern && pattern !== 'General'
      ? { numberFormat: { type: typeOfPattern(pattern), pattern } }
      : {}),
    ...unpick('horizontalAlignment', horizontal, style.ht),
    ...unpick('verticalAlignment', vertical, style.vt),
    ...unpick('wrapStrategy', wrapping, style.tb),
  };
}

function typeOfPattern(pattern: string): string {
  const type = numfmt.getFormatInfo(pattern).type;
  const types: Readonly<Record<string, string>> = {
    date: 'DATE',
    datetime: 'DATE_TIME',
    time: 'TIME',
    percent: 'PERCENT',
    currency: 'CURRENCY',
    scientific: 'SCIENTIFIC',
    text: 'TEXT',
  };
  return types[type] ?? 'NUMBER';
}

function pick<K extends keyof IStyleData, T extends Readonly<Record<string, unknown>>>(
  key: K,
  table: T,
  name: string | null | undefined,
): Partial<Record<K, T[keyof T]>> {
  const value = name ? table[name] : undefined;
  return value === undefined ? {} : ({ [key]: value } as Record<K, T[keyof T]>);
}

function unpick(
  key: keyof CellFormat,
  table: Readonly<Record<string, unknown>>,
  value: unknown,
): CellFormat {
  const name = Object.keys(table).find((candidate) => table[candidate] === value);
  return name === undefined ? {} : { [key]: name };
}

function toBorders(borders: sheets_v4.Schema$Borders | undefined): IBorderData | undefined {
  if (!borders) return undefined;
  const data: IBorderData = {};
  for (const [key, border] of [
    ['t', borders.top],
    ['b', borders.bottom],
    ['l', borders.left],
    ['r', borders.right],
  ] as const) {
    const style = borderStyles[border?.style as keyof typeof borderStyles];
    const rgb = toCss(border?.colorStyle?.rgbColor ?? border?.color) ?? '#000000';
    if (style !== undefined) data[key] = { s: style, cl: { rgb } };
  }
  return Object.keys(data).length > 0 ? data : undefined;
}

function fromBorders(data: Nullable<IBorderData>): sheets_v4.Schema$Borders | undefined {
  const border = (side: Nullable<IBorderStyleData>) => {
    const style = Object.entries(borderStyles).find(([, value]) => value === side?.s)?.[0];
    const rgbColor = fromCss(side?.cl?.rgb) ?? {};
    return style ? { style, colorStyle: { rgbColor } } : undefined;
  };
  const sides = {
    top: border(data?.t),
    bottom: border(data?.b),
    left: border(data?.l),
    right: border(data?.r),
  };
  const drawn = Object.entries(sides).filter(([, side]) => side !== undefined);
  return drawn.length > 0 ? Object.fromEntries(drawn) : undefined;
}

/** #rrggbb; Google leaves out a part that is 0. */
export function toCss(color: Color | undefined): string | undefined {
  if (!color) return undefined;
  const part = (value: number | null | undefined) =>
    Math.round((value ?? 0) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${part(color.red)}${part(color.green)}${part(color.blue)}`;
}

export function fromCss(css: Nullable<string>): Color | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(css ?? '')?.slice(1) ?? [];
  const digits = parts.length > 0 ? parts.map((hex) => Number.parseInt(hex, 16)) : rgbDigits(css);
  const [red, green, blue] = digits.map((digit) => Math.round((digit / 255) * 1e4) / 1e4);
  return red === undefined || green === undefined || blue === undefined
    ? undefined
    : { red, green, blue };
}

function rgbDigits(css: Nullable<string>): number[] {
  const inner = /^rgba?\(([^)]*)\)$/.exec(css ?? '')?.[1];
  return inner ? inner.split(',').slice(0, 3).map(Number) : [];
}
