import { z } from 'zod';

/** The parts of a cell as the Sheets API names them; a field that is not here is refused. */

/** The error's text is the type's name in Google's refusals. */
export const int32 = z.int32({ error: 'TYPE_INT32' });

const color = z.strictObject({
  red: z.number().optional(),
  green: z.number().optional(),
  blue: z.number().optional(),
  alpha: z.number().optional(),
});

const colorStyle = z.strictObject({
  rgbColor: color.optional(),
  themeColor: z
    .enum([
      'TEXT',
      'BACKGROUND',
      'ACCENT1',
      'ACCENT2',
      'ACCENT3',
      'ACCENT4',
      'ACCENT5',
      'ACCENT6',
      'LINK',
    ])
    .optional(),
});

export const tabColors = { tabColor: color.optional(), tabColorStyle: colorStyle.optional() };

const border = z.strictObject({
  style: z
    .enum(['NONE', 'DOTTED', 'DASHED', 'SOLID', 'SOLID_MEDIUM', 'SOLID_THICK', 'DOUBLE'])
    .optional(),
  width: int32.optional(),
  color: color.optional(),
  colorStyle: colorStyle.optional(),
});

const textFormat = z.strictObject({
  foregroundColor: color.optional(),
  foregroundColorStyle: colorStyle.optional(),
  fontFamily: z.string().optional(),
  fontSize: int32.optional(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  underline: z.boolean().optional(),
  link: z.strictObject({ uri: z.string().optional() }).optional(),
});

const numberFormat = z.strictObject({
  type: z
    .enum(['TEXT', 'NUMBER', 'PERCENT', 'CURRENCY', 'DATE', 'TIME', 'DATE_TIME', 'SCIENTIFIC'])
    .optional(),
  pattern: z.string().max(1000).optional(),
});
export type NumberFormat = z.infer<typeof numberFormat>;

export const cellFormat = z.strictObject({
  numberFormat: numberFormat.optional(),
  backgroundColor: color.optional(),
  backgroundColorStyle: colorStyle.optional(),
  borders: z
    .strictObject({
      top: border.optional(),
      bottom: border.optional(),
      left: border.optional(),
      right: border.optional(),
    })
    .optional(),
  padding: z
    .strictObject({
      top: int32.optional(),
      right: int32.optional(),
      bottom: int32.optional(),
      left: int32.optional(),
    })
    .optional(),
  horizontalAlignment: z.enum(['LEFT', 'CENTER', 'RIGHT']).optional(),
  verticalAlignment: z.enum(['TOP', 'MIDDLE', 'BOTTOM']).optional(),
  wrapStrategy: z.enum(['OVERFLOW_CELL', 'LEGACY_WRAP', 'CLIP', 'WRAP']).optional(),
  textDirection: z.enum(['LEFT_TO_RIGHT', 'RIGHT_TO_LEFT']).optional(),
  textFormat: textFormat.optional(),
  hyperlinkDisplayType: z.enum(['LINKED', 'PLAIN_TEXT']).optional(),
  textRotation: z
    .strictObject({ angle: int32.optional(), vertical: z.boolean().optional() })
    .optional(),
});
export type CellFormat = z.infer<typeof cellFormat>;

export const extendedValue = z
  .strictObject({
    numberValue: z.number().optional(),
    stringValue: z
      .string()
      .max(
        50_000,
        'Your input contains more than the maximum of 50000 characters in a single cell.',
      )
      .optional(),
    boolValue: z.boolean().optional(),
    formulaValue: z.string().max(50_000).optional(),
    errorValue: z
      .strictObject({
        type: z.enum([
          'ERROR',
          'NULL_VALUE',
          'DIVIDE_BY_ZERO',
          'VALUE',
          'REF',
          'NAME',
          'NUM',
          'N_A',
        ]),
        message: z.string().optional(),
      })
      .optional(),
  })
  .refine((value) => Object.keys(value).length <= 1, "oneof field 'value' is already set.");
export type ExtendedValue = z.infer<typeof extendedValue>;

export const booleanCondition = z.strictObject({
  type: z.enum([
    'NUMBER_GREATER',
    'NUMBER_GREATER_THAN_EQ',
    'NUMBER_LESS',
    'NUMBER_LESS_THAN_EQ',
    'NUMBER_EQ',
    'NUMBER_NOT_EQ',
    'NUMBER_BETWEEN',
    'NUMBER_NOT_BETWEEN',
    'TEXT_CONTAINS',
    'TEXT_NOT_CONTAINS',
    'TEXT_STARTS_WITH',
    'TEXT_ENDS_WITH',
    'TEXT_EQ',
    'TEXT_IS_EMAIL',
    'TEXT_IS_URL',
    'DATE_IS_VALID',
    'ONE_OF_RANGE',
    'ONE_OF_LIST',
    'BLANK',
    'NOT_BLANK',
    'CUSTOM_FORMULA',
    'BOOLEAN',
  ]),
  values: z.array(z.strictObject({ userEnteredValue: z.string() })).optional(),
});

export const dataValidationRule = z.strictObject({
  condition: booleanCondition,
  inputMessage: z.string().optional(),
  strict: z.boolean().optional(),
  showCustomUi: z.boolean().optional(),
});
export type DataValidationRule = z.infer<typeof dataValidationRule>;

/** A cell as it is sent; what only Google computes may come along and is not kept. */
export const cellData = z.strictObject({
  userEnteredValue: extendedValue.optional(),
  userEnteredFormat: cellFormat.optional(),
  dataValidation: dataValidationRule.optional(),
  note: z.string().max(50_000).optional(),
  effectiveValue: extendedValue.optional(),
  formattedValue: z.string().optional(),
  effectiveFormat: cellFormat.optional(),
});
export type CellData = z.infer<typeof cellData>;

export const rowData = z.strictObject({ values: z.array(cellData).optional() });

export const gridRange = z.strictObject({
  sheetId: int32.optional(),
  startRowIndex: int32.min(0).optional(),
  endRowIndex: int32.min(0).optional(),
  startColumnIndex: int32.min(0).optional(),
  endColumnIndex: int32.min(0).optional(),
});
export type GridRange = z.infer<typeof gridRange>;

/** Of the two kinds Google has, the boolean one: a gradient needs numbers that this server does not compare. */
export const conditionalFormatRule = z.strictObject({
  ranges: z.array(gridRange).min(1),
  booleanRule: z.strictObject({ condition: booleanCondition, format: cellFormat.optional() }),
});
export type ConditionalFormatRule = z.infer<typeof conditionalFormatRule>;
