import { expect, test } from '@jest/globals';
import { createRecorder } from '../../../../cloud/local/try/record-calls.ts';
import { createScrubber } from '../../../../cloud/local/try/scrub.ts';

const scrubber = createScrubber(Buffer.alloc(32, 7), 3);

const answer = {
  account_id: { iban: 'DE89370400440532013000' },
  name: 'Erika Mustermann',
  holders: ['Erika Mustermann', 'Max Mustermann'],
  currency: 'EUR',
  status: 'BOOK',
  credit_debit_indicator: 'DBIT',
  booking_date: '2026-03-01',
  last_change: '2026-03-01T10:20:30.5Z',
  transaction_amount: { amount: '-1034.50', currency: 'EUR' },
  balance: 4711.25,
  count: 12,
  posted: 1_772_323_200,
  remittance_information: ['Miete März 0815', ''],
  next: null,
  isOpen: true,
  byAccount: { '4711000012': { text: 'Café 24' } },
};

test('keeps the shape, the constants and what is no person’s', () => {
  expect(scrubber.json(answer)).toMatchObject({
    currency: 'EUR',
    status: 'BOOK',
    credit_debit_indicator: 'DBIT',
    booking_date: '2026-03-22',
    last_change: '2026-03-22T10:20:30.5Z',
    transaction_amount: { amount: expect.stringMatching(/^-\d{4}\.\d{2}$/), currency: 'EUR' },
    balance: expect.any(Number),
    count: 12,
    posted: 1_772_323_200 + 3 * 7 * 86_400,
    remittance_information: [expect.stringMatching(/^[A-Z][a-z]{4} [A-Z][a-z]{3} \d{4}$/), ''],
    next: null,
    isOpen: true,
  });
});

test('keeps nothing of a name, a number, a text or an amount, not even as a key', () => {
  const scrubbed = JSON.stringify(scrubber.json(answer));
  expect(scrubbed).not.toMatch(
    /Erika|Muster|3704|0532|Miete|März|0815|1034|4711|Café|2026-03-01T/i,
  );
});

test('replaces the same by the same, and what is a number of an account by one that is valid', () => {
  const [name, [first, second]] = [
    scrubber.json('Erika Mustermann'),
    scrubber.json(['Erika Mustermann', 'Max Mustermann']) as string[],
  ];
  expect(first).toBe(name);
  expect(second).not.toBe(name);
  const iban = scrubber.json('DE89370400440532013000') as string;
  expect(iban).toMatch(/^DE\d{20}$/);
  const moved = `${iban.slice(4)}1314${iban.slice(2, 4)}`;
  expect(BigInt(moved) % 97n).toBe(1n);
});

test('another recording replaces by something else', () => {
  const other = createScrubber(Buffer.alloc(32, 8), 3);
  expect(other.json('Erika Mustermann')).not.toBe(scrubber.json('Erika Mustermann'));
});

test('keeps of an address the words and the names of what is asked', () => {
  const path = '/v1/accounts/a81f-0c/transactions?dateFrom=2026-03-01&state=s3cret&status=BOOK';
  expect(scrubber.path(path)).toMatch(
    /^\/v1\/accounts\/[a-z]\d\d[a-z]-\d[a-z]\/transactions\?dateFrom=2026-03-22&state=[a-z]\d[a-z]{4}&status=BOOK$/,
  );
});

test('records answers and never what was sent', async () => {
  const answers = [
    Response.json(answer, { headers: { 'Retry-After': '60', 'Set-Cookie': 'id=s3cret' } }),
    new Response('<h1>Erika</h1>', { status: 503 }),
    new Response(null, { status: 204 }),
  ];
  const recorder = createRecorder(async () => answers.shift() ?? Response.error(), scrubber);
  const headers = { Authorization: 'Bearer s3cret' };
  const got = await recorder.fetch('https://bank.example/accounts/0815', { headers });
  expect(await got.json()).toEqual(answer);
  await recorder.fetch('https://bank.example/token', { method: 'POST', body: 'pin=s3cret' });
  await recorder.fetch('https://bank.example/consents/c1', { method: 'DELETE' });
  expect(recorder.calls).toMatchObject([
    { method: 'GET', status: 200, headers: { 'retry-after': '60' } },
    { method: 'POST', path: '/token', status: 503, body: '14 characters that are no JSON' },
    { method: 'DELETE', status: 204, body: null },
  ]);
  expect(JSON.stringify(recorder.calls)).not.toMatch(/s3cret|Erika|0815|cookie/i);
});
