import { describe, expect, test } from '@jest/globals';
import { withSheets } from './sheets-at-work.ts';

const sheets = withSheets();

async function batchUpdateError(body: unknown) {
  const id = await sheets().create();
  const answer = await sheets().call('POST', `/${id}:batchUpdate`, body);
  return { status: answer.status, ...answer.body.error };
}

describe('a request that Google would refuse', () => {
  test('for an unknown field names the field and where it stands, in Google’s words', async () => {
    const error = await batchUpdateError({
      requests: [{ addSheet: { properties: { titel: 'x' } } }],
    });
    const description =
      'Invalid JSON payload received. Unknown name "titel" at \'requests[0].add_sheet.properties\': Cannot find field.';
    expect(error).toEqual({
      status: 'INVALID_ARGUMENT',
      code: 400,
      message: description,
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: 'requests[0].add_sheet.properties', description }],
        },
      ],
    });
  });

  test.each([
    ['no JSON', '{', /^Invalid JSON payload received/],
    ['no object', '[]', /^Invalid value/],
    ['no requests', { requests: [] }, /at least one request/],
    ['an empty request', { requests: [{}] }, /^Invalid requests\[0\]: No request set/],
    ['two kinds in one request', { requests: [{ addSheet: {}, deleteSheet: {} }] }, /already set/],
    [
      'a text for a number',
      { requests: [{ deleteSheet: { sheetId: 'x' } }] },
      /^Invalid value at 'requests\[0\]\.delete_sheet\.sheet_id' \(TYPE_INT32\)/,
    ],
    [
      'a word that is none of them',
      { requests: [{ appendDimension: { dimension: 'DIAGONALS', length: 1 } }] },
      /TYPE_ENUM/,
    ],
    [
      'two values in one cell',
      {
        requests: [
          {
            repeatCell: {
              range: {},
              cell: { userEnteredValue: { stringValue: 'a', numberValue: 1 } },
              fields: '*',
            },
          },
        ],
      },
      /already set/,
    ],
    [
      'a cell of more than 50,000 characters',
      {
        requests: [
          {
            repeatCell: {
              range: { endRowIndex: 1 },
              cell: { userEnteredValue: { stringValue: 'a'.repeat(50_001) } },
              fields: '*',
            },
          },
        ],
      },
      /more than the maximum of 50000 characters/,
    ],
    [
      'a mask without fields',
      { requests: [{ repeatCell: { range: {}, cell: {}, fields: '' } }] },
      /At least one field must be listed/,
    ],
    [
      'a mask with a field that only Google computes',
      { requests: [{ repeatCell: { range: {}, cell: {}, fields: 'effectiveValue' } }] },
      /Invalid requests\[0\]\.repeatCell/,
    ],
    [
      'a range beyond the grid',
      { requests: [{ repeatCell: { range: { endRowIndex: 1001 }, cell: {}, fields: '*' } }] },
      /exceeds grid limits/,
    ],
  ])('for %s is answered with 400', async (_name, body, message) => {
    const error = await batchUpdateError(body);
    expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
    expect(error.message).toMatch(message);
  });

  test('for an unknown query parameter or a value that it cannot take is answered with 400', async () => {
    const id = await sheets().create();
    const unknown = await sheets().call('GET', `/${id}?range=A1`);
    expect(unknown.body.error.message).toBe(
      'Invalid JSON payload received. Unknown name "range": Cannot bind query parameter. Field \'range\' could not be found in request message.',
    );
    expect((await sheets().call('GET', `/${id}?includeGridData=perhaps`)).status).toBe(400);
    expect((await sheets().call('GET', `/${id}/values/A1?majorDimension=UP`)).status).toBe(400);
    expect((await sheets().call('GET', `/${id}?alt=media`)).status).toBe(400);
    expect((await sheets().call('GET', `/${id}?alt=json&prettyPrint=false`)).status).toBe(200);
  });

  test.each(['sheets.foo', 'sheets(properties', 'a b', '__proto__', 'properties..title'])(
    'for the fields %s is answered with 400',
    async (fields) => {
      const id = await sheets().create();
      const answer = await sheets().call('GET', `/${id}?fields=${encodeURIComponent(fields)}`);
      expect(answer.body.error.status).toBe('INVALID_ARGUMENT');
    },
  );

  test('for a spreadsheet or a method that is not there is answered with 404', async () => {
    const id = await sheets().create();
    const notFound = {
      error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' },
    };
    for (const path of ['/nosuchspreadsheet', `/${id}/nothing`, '/..%2f..%2fetc', `/${id}:fly`]) {
      const answer = await sheets().call('GET', path);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await sheets().call('GET', '/nosuchspreadsheet')).body).toEqual(notFound);
    await sheets().server.remove(id);
    expect((await sheets().call('GET', `/${id}`)).body).toEqual(notFound);
  });

  test('without the token is answered with 401, whatever it asks', async () => {
    const id = await sheets().create();
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${sheets().token}`]) {
      const response = await fetch(`${sheets().url}/v4/spreadsheets/${id}`, {
        headers: authorization ? { authorization } : {},
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { status: 'UNAUTHENTICATED' } });
    }
  });

  test('for what the spreadsheet’s sharing does not allow is answered with 403', async () => {
    const id = await sheets().create();
    const write = { requests: [{ addSheet: {} }] };
    await sheets().server.setAccess(id, 'reader');
    expect((await sheets().call('GET', `/${id}`)).status).toBe(200);
    const refused = await sheets().call('POST', `/${id}:batchUpdate`, write);
    expect(refused).toEqual({
      status: 403,
      body: {
        error: {
          code: 403,
          message: 'The caller does not have permission',
          status: 'PERMISSION_DENIED',
        },
      },
    });
    await sheets().server.setAccess(id, 'none');
    expect((await sheets().call('GET', `/${id}`)).status).toBe(403);
    await sheets().server.setAccess(id, 'writer');
    expect((await sheets().call('POST', `/${id}:batchUpdate`, write)).status).toBe(200);
  });

  test('a field that is null counts as one that is absent', async () => {
    const id = await sheets().create();
    const requests = [{ addSheet: { properties: { title: null, sheetId: 3 } } }];
    const { status } = await sheets().call('POST', `/${id}:batchUpdate`, { requests });
    expect(status).toBe(200);
    // The description has no null, the API takes it.
    sheets().problems.length = 0;
  });
});
