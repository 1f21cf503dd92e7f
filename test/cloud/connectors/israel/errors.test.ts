import { expect, test } from '@jest/globals';
import { companies } from '../../../../cloud/connectors/israel/companies.ts';
import {
  type ScrapeFailure,
  toBankError,
} from '../../../../cloud/connectors/israel/to-bank-error.ts';

const oneZero = companies.find(({ id }) => id === 'oneZero');
if (!oneZero) throw new Error('no such company');
const url = 'https://login.bank.example/a?account=12-600-123456';
const navigated = (status: number) => ({
  errorType: 'GENERIC',
  errorMessage: `Failed to navigate to url ${url}, status code: ${status}`,
});
const parsed = (result: string) => ({
  errorType: 'GENERIC',
  errorMessage: `fetchPostWithinPage parse error: no JSON, url: ${url}, data: {"Sisma":"hidden-word"}, result: ${result}`,
});
const atLogin = {
  company: oneZero,
  errorType: 'GENERIC',
  errorMessage: "Cannot read properties of undefined (reading 'idToken')",
  path: '/v1//getIdToken',
} as const;

const rows: readonly (readonly [string, ScrapeFailure, string])[] = [
  ['a wrong password', { errorType: 'INVALID_PASSWORD' }, 'login-rejected'],
  ['a password to change', { errorType: 'CHANGE_PASSWORD' }, 'login-rejected'],
  ['a blocked access', { errorType: 'ACCOUNT_BLOCKED' }, 'account-locked'],
  [
    'a blocked access, which the package throws',
    { errorType: 'GENERIC', errorMessage: 'unexpected login result "ACCOUNT_BLOCKED"' },
    'account-locked',
  ],
  ['a code that is wanted', { errorType: 'TWO_FACTOR_RETRIEVER_MISSING' }, 'needs-confirmation'],
  ['its own time limit', { errorType: 'TIMEOUT', errorMessage: 'waiting for redirect' }, 'timeout'],
  [
    "the browser's time limit",
    { errorType: 'GENERIC', errorMessage: 'Navigation timeout of 30000 ms exceeded' },
    'timeout',
  ],
  ['our time limit', { isOver: true }, 'timeout'],
  ['a page it does not know', { errorType: 'GENERAL_ERROR' }, 'bank-unavailable'],
  ['anything else', { errorType: 'GENERIC', errorMessage: 'boom' }, 'bank-unavailable'],
  ['nothing at all', {}, 'bank-unavailable'],
  ['a failure without a type', { errorMessage: 'TokenNotFound' }, 'bank-unavailable'],
  ['a bot wall before the page', navigated(403), 'bank-unavailable'],
  [
    'a bot wall before the service',
    { ...parsed('Block Automation'), refusal: { status: 429 } },
    'bank-unavailable',
  ],
  ['too many calls', navigated(429), 'rate-limited'],
  ['a page that is down', navigated(502), 'bank-unavailable'],
  ['a gateway that gave up', navigated(504), 'timeout'],
  [
    'a service that is down',
    {
      errorType: 'GENERIC',
      errorMessage: 'sending a request to the institute server returned with status code 503',
    },
    'bank-unavailable',
  ],
  ['a page in the place of an answer', parsed('<html>'), 'reply-unreadable'],
  [
    'a service that is down with a page',
    { ...parsed('<html>'), refusal: { status: 503 } },
    'bank-unavailable',
  ],
  ['a login without an answer', atLogin, 'bank-unavailable'],
  ['a login without a session', { ...atLogin, answer: 'json' }, 'login-rejected'],
  [
    'a login that is refused',
    { ...atLogin, answer: 'json', refusal: { status: 401 } },
    'login-rejected',
  ],
  [
    'a login that is refused with an old code',
    { ...atLogin, answer: 'json', refusal: { status: 401 }, isTokenOld: true },
    'needs-confirmation',
  ],
  [
    'a login that is down',
    { ...atLogin, answer: 'json', refusal: { status: 500 } },
    'bank-unavailable',
  ],
  ['a login that answers with a page', { ...atLogin, answer: 'other' }, 'reply-unreadable'],
  [
    'data that is refused after a login',
    { ...atLogin, path: '/mobile-graph/graphql', answer: 'json', refusal: { status: 401 } },
    'bank-unavailable',
  ],
];

test.each(rows)('%s', (_, failure, code) => {
  const error = toBankError(failure);
  expect(error.code).toBe(code);
  const told = JSON.stringify([error, String(error), error.stack, error.cause]);
  for (const secret of ['hidden-word', '12-600-123456', 'bank.example']) {
    expect(told).not.toContain(secret);
  }
});

test('says in the log that programs are turned away', () => {
  for (const wall of [navigated(403), parsed('Block Automation')]) {
    expect(toBankError(wall).detail).toContain('turns programs away');
  }
});

test('says when the company answers again', () => {
  const refusal = { status: 429, retryAfterSeconds: 90 };
  expect(toBankError({ errorType: 'GENERIC', refusal }).retryAfterSeconds).toBe(90);
});

test('names a type that the package may have one day, and no prose in its place', () => {
  expect(toBankError({ errorType: 'NEW_TYPE' }).detail).toContain('NEW_TYPE');
  expect(toBankError({ errorType: 'Dana owes 5' }).detail).not.toContain('Dana');
});
