import type { sheets_v4 } from '@googleapis/sheets';
import { type Book, columnLetters, quotedTitle } from './open-book.ts';
import { type Place, placeOf, toGridRange } from './range-place.ts';
import { standIn } from './stand-in.ts';

type Validation = sheets_v4.Schema$DataValidationRule;
type Conditional = sheets_v4.Schema$ConditionalFormatRule;

const validations = new WeakMap<object, Validation>();
const conditionals = new WeakMap<object, Conditional>();

/** The rule that a script has built. */
export function builtRule(built: object): Validation {
  const rule = validations.get(built);
  if (!rule) throw new Error('This is no DataValidation.');
  return rule;
}

export function builtConditional(built: object): Conditional {
  const rule = conditionals.get(built);
  if (!rule) throw new Error('This is no ConditionalFormatRule.');
  return rule;
}

/** SpreadsheetApp.newDataValidation(); what is not allowed is refused by `strict`. */
export function newDataValidation(book: Book): object {
  let condition: Validation['condition'];
  let strict = false;
  const builder: object = standIn('DataValidationBuilder', {
    /** With a value, the box is ticked where the cell holds it and not ticked where the cell is blank. */
    requireCheckbox: (...values: readonly unknown[]) => {
      if (values.some((value) => value !== true) || values.length > 1) {
        throw new Error('Check boxes with values other than true are not in the stand-in.');
      }
      condition = {
        type: 'BOOLEAN',
        ...(values.length > 0 && { values: [{ userEnteredValue: 'TRUE' }] }),
      };
      return builder;
    },
    requireValueInRange: (range: object, showDropdown: boolean) => {
      if (!showDropdown) throw new Error('A hidden drop-down is not in the stand-in.');
      const userEnteredValue = `=${a1Of(book, placeOf(range))}`;
      condition = { type: 'ONE_OF_RANGE', values: [{ userEnteredValue }] };
      return builder;
    },
    setAllowInvalid: (isAllowed: boolean) => {
      strict = !isAllowed;
      return builder;
    },
    build: () => {
      if (!condition) throw new Error('A data validation needs a condition.');
      const built = standIn('DataValidation', {});
      validations.set(built, { condition, strict, showCustomUi: true });
      return built;
    },
  });
  return builder;
}

/** SpreadsheetApp.newConditionalFormatRule() with a formula. */
export function newConditionalFormatRule(): object {
  let formula = '';
  let ranges: readonly Place[] = [];
  const textFormat: sheets_v4.Schema$TextFormat = {};
  const builder: object = standIn('ConditionalFormatRuleBuilder', {
    whenFormulaSatisfied: (text: string) => {
      formula = text;
      return builder;
    },
    setItalic: (italic: boolean) => {
      textFormat.italic = italic;
      return builder;
    },
    setFontColor: (colour: string) => {
      textFormat.foregroundColorStyle = { rgbColor: toColor(colour) };
      return builder;
    },
    setRanges: (list: readonly object[]) => {
      ranges = list.map(placeOf);
      return builder;
    },
    build: () => {
      const built = standIn('ConditionalFormatRule', {});
      conditionals.set(built, {
        ranges: ranges.map(toGridRange),
        booleanRule: {
          condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: formula }] },
          format: { textFormat },
        },
      });
      return built;
    },
  });
  return builder;
}

/** As a rule names a range: with $, and open below where the range is. */
function a1Of(book: Book, { sheetId, startRow, endRow, startColumn, endColumn }: Place): string {
  const first = `$${columnLetters(startColumn + 1)}$${startRow + 1}`;
  const last = `$${columnLetters(endColumn)}${endRow === undefined ? '' : `$${endRow}`}`;
  return `${quotedTitle(book, sheetId)}!${first}:${last}`;
}

function toColor(colour: string): sheets_v4.Schema$Color {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  if (!match) throw new Error(`The colour ${colour} is not in the stand-in for Apps Script.`);
  const [red = 0, green = 0, blue = 0] = match
    .slice(1)
    .map((part) => Number.parseInt(part, 16) / 255);
  return { red, green, blue };
}
