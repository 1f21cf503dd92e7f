import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

const create = (metadata: object) => ({
  createDeveloperMetadata: {
    developerMetadata: {
      metadataKey: 'key',
      visibility: 'DOCUMENT',
      location: { spreadsheet: true },
      ...metadata,
    },
  },
});

async function search(id: string, ...lookups: object[]): Promise<number[]> {
  const dataFilters = lookups.map((developerMetadataLookup) => ({ developerMetadataLookup }));
  const { body } = await sheets().call('POST', `/${id}/developerMetadata:search`, { dataFilters });
  return (body.matchedDeveloperMetadata ?? []).map(
    (match: typeof body) => match.developerMetadata.metadataId,
  );
}

const column = (startIndex: number) => ({
  dimensionRange: { sheetId: 0, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 },
});

describe('developer metadata', () => {
  test('is created with the id that is given, or with one that is made up', async () => {
    const id = await sheets().create();
    const [given, invented] = await sheets().batchUpdate(
      id,
      create({ metadataId: 42, metadataValue: 'v' }),
      create({}),
    );
    expect(given?.createDeveloperMetadata?.developerMetadata).toEqual({
      metadataId: 42,
      metadataKey: 'key',
      metadataValue: 'v',
      location: { locationType: 'SPREADSHEET', spreadsheet: true },
      visibility: 'DOCUMENT',
    });
    const made = invented?.createDeveloperMetadata?.developerMetadata?.metadataId;
    expect(made).toBeGreaterThan(0);
    expect(await search(id, { metadataKey: 'key' })).toEqual([42, made]);
  });

  test('an id that is there already refuses the whole batch', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, create({ metadataId: 42 }));
    const rows = [{ values: [{ userEnteredValue: { stringValue: 'a' } }] }];
    const requests = [
      { appendCells: { sheetId: 0, rows, fields: 'userEnteredValue' } },
      create({ metadataId: 42 }),
    ];
    expect((await sheets().call('POST', `/${id}:batchUpdate`, { requests })).status).toBe(400);
    expect(await sheets().values(id, 'A:A')).toEqual([]);
  });

  test.each([
    ['without a key', { metadataKey: '' }],
    ['without a place', { location: {} }],
    ['of two places', { location: { spreadsheet: true, sheetId: 0 } }],
    [
      'of two columns at once',
      {
        location: {
          dimensionRange: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 2 },
        },
      },
    ],
    ['of a column that is not there', { location: column(26) }],
    ['of a tab that is not there', { location: { sheetId: 9 } }],
  ])('%s is refused', async (_name, metadata) => {
    const id = await sheets().create();
    const answer = await sheets().call('POST', `/${id}:batchUpdate`, {
      requests: [create(metadata)],
    });
    expect(answer.body.error.status).toBe('INVALID_ARGUMENT');
  });

  test('is found by key, value, id, visibility and place, each thing once', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(
      id,
      create({ metadataId: 1, metadataValue: 'a' }),
      create({ metadataId: 2, metadataValue: 'b', location: { sheetId: 0 } }),
      create({ metadataId: 3, metadataKey: 'other', location: column(2) }),
      create({ metadataId: 4, visibility: 'PROJECT', location: column(3) }),
    );
    expect(await search(id, { metadataKey: 'key', metadataValue: 'b' })).toEqual([2]);
    expect(await search(id, { metadataId: 3 }, { metadataKey: 'other' })).toEqual([3]);
    expect(await search(id, { visibility: 'PROJECT' })).toEqual([4]);
    expect(await search(id, { locationType: 'COLUMN' })).toEqual([3, 4]);
    expect(await search(id, { metadataLocation: { spreadsheet: true } })).toEqual([1]);
    const exact = { locationMatchingStrategy: 'EXACT_LOCATION' };
    expect(await search(id, { metadataLocation: column(3), ...exact })).toEqual([4]);
    expect(await search(id, { metadataLocation: column(3) })).toEqual([2, 4]);
    expect(await search(id, { metadataLocation: { sheetId: 0 }, ...exact })).toEqual([2]);
    expect(await search(id, { metadataLocation: { sheetId: 0 } })).toEqual([2, 3, 4]);
    expect(await search(id, { metadataKey: 'nowhere' })).toEqual([]);
  });

  test('a search by range finds what lies there', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, create({ metadataId: 3, location: column(2) }));
    const find = async (a1Range: string) => {
      const dataFilters = [{ a1Range }];
      const path = `/${id}/developerMetadata:search`;
      return (await sheets().call('POST', path, { dataFilters })).body.matchedDeveloperMetadata;
    };
    expect(await find('Sheet1!C:C')).toHaveLength(1);
    expect(await find('Sheet1!D:D')).toBeUndefined();
  });

  test('stands with its tab and its column when the spreadsheet is read', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(
      id,
      create({ metadataId: 1, location: { sheetId: 0 } }),
      create({ metadataId: 2, location: column(2) }),
    );
    const fields =
      'sheets(developerMetadata.metadataId,data.columnMetadata.developerMetadata.metadataId)';
    const { body } = await sheets().call('GET', `/${id}?fields=${fields}`);
    const [sheet] = body.sheets;
    expect(sheet.developerMetadata).toEqual([{ metadataId: 1 }]);
    expect(sheet.data[0].columnMetadata[2]).toEqual({ developerMetadata: [{ metadataId: 2 }] });
    expect(sheet.data[0].columnMetadata[1]).toEqual({});
  });

  test('is changed and deleted by what a filter finds', async () => {
    const id = await sheets().create();
    await sheets().batchUpdate(id, create({ metadataId: 1 }), create({ metadataId: 2 }));
    const filter = { developerMetadataLookup: { metadataId: 1 } };
    const [updated, deleted] = await sheets().batchUpdate(
      id,
      {
        updateDeveloperMetadata: {
          dataFilters: [filter],
          developerMetadata: { metadataValue: 'new', location: column(5) },
          fields: 'metadataValue,location',
        },
      },
      {
        deleteDeveloperMetadata: {
          dataFilter: { developerMetadataLookup: { metadataId: 2 } },
        },
      },
    );
    expect(updated?.updateDeveloperMetadata?.developerMetadata).toMatchObject([
      { metadataId: 1, metadataValue: 'new', location: { locationType: 'COLUMN' } },
    ]);
    expect(deleted?.deleteDeveloperMetadata?.deletedDeveloperMetadata).toMatchObject([
      { metadataId: 2 },
    ]);
    expect(await search(id, { metadataKey: 'key' })).toEqual([1]);
  });
});
