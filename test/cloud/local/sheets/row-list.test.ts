import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeChunk, encodeChunk } from '../../../../cloud/local/sheets/chunk-code.ts';
import {
  type Cell,
  chunkRowsMax,
  countRows,
  mapRows,
  type Row,
  type RowList,
  rowAt,
  sliceRows,
  spliceRows,
} from '../../../../cloud/local/sheets/row-list.ts';

const row = (note: string): Row => ({ cells: [{ note }] });
const textOf = ({ cells }: Row): string => cells[0]?.note ?? '';
const texts = (list: RowList): string[] => sliceRows(list, 0, countRows(list)).map(textOf);

const step = fc.oneof(
  fc.record({
    kind: fc.constant('splice' as const),
    at: fc.nat(900),
    deleteCount: fc.nat(400),
    insert: fc.nat(600),
  }),
  fc.record({ kind: fc.constant('map' as const), at: fc.nat(900), count: fc.nat(300) }),
);

describe('rows in chunks', () => {
  test('behave as one list, whatever is inserted, deleted and changed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let list: RowList = [];
        let model: string[] = [];
        for (const [n, it] of steps.entries()) {
          const end = it.kind === 'splice' ? (it.insert > 0 ? it.at : 0) : it.at + it.count;
          const size = it.kind === 'map' && it.count === 0 ? 0 : end;
          while (model.length < size) model.push('');
          if (it.kind === 'splice') {
            const inserted = Array.from({ length: it.insert }, (_, i) => `${n}.${i}`);
            model.splice(it.at, it.deleteCount, ...inserted);
            list = spliceRows(list, it.at, it.deleteCount, inserted.map(row));
          } else {
            const isInside = (i: number) => i >= it.at && i < it.at + it.count;
            model = model.map((text, i) => (isInside(i) ? `${text}+` : text));
            list = mapRows(list, it.at, it.at + it.count, (old) => row(`${textOf(old)}+`));
          }
          expect(texts(list)).toEqual(model);
          expect(textOf(rowAt(list, it.at))).toBe(model[it.at] ?? '');
          expect(list.every(({ rows }) => rows.length <= chunkRowsMax)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('share what a change does not touch', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => row(String(i)));
    const list = spliceRows([], 0, 0, rows);
    const changed = mapRows(list, 500, 501, () => row('x'));
    const isOther = changed.map((chunk, i) => chunk !== list[i]);
    expect(isOther.filter(Boolean)).toHaveLength(1);
    const grown = spliceRows(list, 1000, 0, [row('end')]);
    expect(grown.slice(0, 3)).toEqual(list.slice(0, 3));
    expect(grown[0]).toBe(list[0]);
  });

  test('do not break into ever smaller chunks when rows are inserted one by one', () => {
    let list = spliceRows(
      [],
      0,
      0,
      Array.from({ length: 256 }, (_, i) => row(String(i))),
    );
    for (let i = 0; i < 500; i += 1) list = spliceRows(list, 100, 0, [row('new')]);
    expect(countRows(list)).toBe(756);
    expect(list.length).toBeLessThanOrEqual(8);
  });
});

const value = fc.oneof(
  fc.record({ stringValue: fc.string({ unit: 'binary' }) }),
  fc.record({ numberValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ boolValue: fc.boolean() }),
  fc.record({ formulaValue: fc.string() }),
);
const cell: fc.Arbitrary<Cell> = fc.record(
  {
    userEnteredValue: value,
    userEnteredFormat: fc.record({ textFormat: fc.record({ bold: fc.boolean() }) }),
    dataValidation: fc.constant({ condition: { type: 'BOOLEAN' as const } }),
    note: fc.string(),
    effectiveValue: value,
  },
  { requiredKeys: [] },
);
const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    cells: fc.array(fc.option(cell, { nil: undefined })),
    hiddenByUser: fc.boolean(),
    pixelSize: fc.nat(),
  },
  { requiredKeys: ['cells'] },
);

test('a stored chunk is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(anyRow), (rows) => {
      expect(decodeChunk(encodeChunk(rows))).toEqual(withoutMinusZero(rows));
    }),
  );
});

/** JSON has no -0. */
function withoutMinusZero(rows: readonly Row[]): unknown {
  return JSON.parse(JSON.stringify(rows), (_key, held) => (held === null ? undefined : held));
}
