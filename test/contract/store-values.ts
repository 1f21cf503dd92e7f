/** What a field of a document may hold, by what it tries. */
export const storableValues: readonly (readonly [string, unknown])[] = [
  ['nothing', null],
  ['zero and negative whole numbers', [0, -1, -12_345]],
  ['the largest and smallest safe integers', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  ['fractions and numbers beyond safe integers', [0.1, -2.5, 1e-300, 1e300, 2 ** 60]],
  ['an empty list and an empty object', { list: [], object: {} }],
  ['text of every plane with control characters', 'a\u0000\u0007\n\r\t\u2028 é ～ 🌻 \u{10ffff}'],
  ['field names with dots, slashes, stars, brackets and spaces', { 'a.b/c*[d] `e`': 1, '0': 2 }],
  ['lists inside the objects of a list', [{ lines: ['a', 'b'] }, { lines: [] }]],
  ['fourteen levels', nested(14)],
];

/** What no store takes, by what it is. */
export const refusedValues: readonly (readonly [string, unknown])[] = [
  ['undefined', { a: undefined }],
  ['a gap in a list', new Array(2)],
  ['a list directly in a list', [[1], [2]]],
  ['half a surrogate pair', 'cut \ud83c'],
  ['half a surrogate pair in a field name', { '\udf3b': 1 }],
  ['a field without name', { '': 1 }],
  ['a field of a reserved name', { __proto: 1, __id__: 2 }],
  ['no number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a big integer', 10n],
  ['a date object', new Date(0)],
  ['a map', new Map([['a', 1]])],
  ['bytes', new Uint8Array(3)],
  ['a function', () => 1],
  ['seventeen levels', nested(17)],
];

/** An object in which the innermost of `levels` objects is empty. */
function nested(levels: number): unknown {
  return levels === 1 ? {} : { in: nested(levels - 1) };
}
