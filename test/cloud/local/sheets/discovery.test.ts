import { expect, test } from '@jest/globals';
import { createDiscovery } from './discovery.ts';

const discovery = createDiscovery({
  parameters: { fields: { type: 'string' } },
  schemas: {
    Tab: {
      type: 'object',
      properties: {
        title: { type: 'string' },
        kind: { type: 'string', enum: ['GRID'] },
        size: { type: 'integer', format: 'int32' },
      },
    },
    Book: { type: 'object', properties: { tabs: { type: 'array', items: { $ref: 'Tab' } } } },
  },
  resources: {
    books: {
      methods: {
        update: {
          httpMethod: 'POST',
          path: 'v4/books/{bookId}:update',
          request: { $ref: 'Tab' },
          response: { $ref: 'Book' },
        },
      },
    },
  },
});

const exchange = {
  http: 'POST',
  url: new URL('http://sheets/v4/books/b1:update?fields=tabs'),
  request: { title: 'A' },
  status: 200,
  answer: { tabs: [{ kind: 'GRID', size: 3 }] },
};

test('an exchange that fits Google’s description has no problems', () => {
  expect(discovery.checkExchange(exchange)).toEqual([]);
});

test.each([
  ['an unknown field', { request: { titel: 'A' } }, 'request: has no titel'],
  ['a wrong type', { request: { title: 1 } }, 'request.title: no text'],
  [
    'an unknown word',
    { answer: { tabs: [{ kind: 'X' }] } },
    'answer.tabs[0].kind: X is none of them',
  ],
  [
    'a fraction for a whole number',
    { answer: { tabs: [{ size: 1.5 }] } },
    'answer.tabs[0].size: no 32-bit integer',
  ],
  ['no list', { answer: { tabs: {} } }, 'answer.tabs: no list'],
  [
    'an unknown method',
    { http: 'GET' },
    'GET /v4/books/b1:update: no method of Google’s'.replace('’', "'"),
  ],
  [
    'an unknown parameter',
    { url: new URL('http://sheets/v4/books/b1:update?x=1') },
    'query x: no parameter of the method',
  ],
  [
    'an error of another shape',
    { status: 400, answer: 'no' },
    "status 400: the answer is no error of Google's shape",
  ],
])('%s is noticed', (_name, change, problem) => {
  expect(discovery.checkExchange({ ...exchange, ...change })).toEqual([problem]);
});
