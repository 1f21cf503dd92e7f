import { expect, test } from '@jest/globals';
import {
  createScrubber,
  type Disguise,
  randomDisguise,
} from '../../../../cloud/local/try/scrub.ts';

const disguise: Disguise = { key: Buffer.alloc(32, 7), weeks: 3, factor: 3 };
const origins = new Set(['https://bank.example']);
const open = (it = disguise) => createScrubber(it, { origins });

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
  number: 1_234_567_890,
  text: 'Savings',
  byName: { 'Erika M.': 1 },
  byAccount: { '4711000012': { text: 'Café 24' } },
};

test('keeps the shape, the constants and what is no person’s', () => {
  expect(open().json(answer)).toMatchObject({
    currency: 'EUR',
    status: 'BOOK',
    credit_debit_indicator: 'DBIT',
    booking_date: '2026-03-22',
    last_change: '2026-03-22T10:20:30.5Z',
    count: 12,
    posted: 1_772_323_200 + 3 * 7 * 86_400,
    remittance_information: [expect.stringMatching(/^[A-Z][a-z]{4} [A-Z].[a-z]{2} \d{4}$/), ''],
    next: null,
    isOpen: true,
  });
  const cases = { bookingStatus: 'both', 'cash-account-type': 'CACC', subtype: 'money market' };
  expect(open().json(cases)).toEqual(cases);
  const lengths = { access_expires: 86_400, validDays: 180, name: 'Savings' };
  expect(open().json(lengths)).toEqual(lengths);
  const nothing = ['0', '0000', 'NOTPROVIDED', '9999-12-31', true, 0];
  expect(open().json(nothing)).toEqual(nothing);
});

test('keeps nothing of a name, a number, a text or an amount, not even as a key', () => {
  const scrubbed = JSON.stringify(open().json(answer));
  expect(scrubbed).not.toMatch(
    /Erika|Muster|3704|0532|Miete|März|0815|1034|4711|Café|2026-03-01T|Savings/i,
  );
  // Days are moved; this is none.
  const { number } = open().json(answer) as typeof answer;
  expect((number - answer.number) % (7 * 86_400)).not.toBe(0);
});

test('multiplies amounts, so that sums and balances still add up', () => {
  const { json } = open();
  const told = {
    amount: '-12.50',
    balanceAfter: { amount: '0.05', currency: 'EUR' },
    available: 1034.5,
    balance: '25000.000',
  };
  expect(json(told)).toEqual({
    amount: '-37.50',
    balanceAfter: { amount: '0.15', currency: 'EUR' },
    available: 3103.5,
    balance: '75000.000',
  });
});

test('replaces a word by the same one wherever it stands, and no two by the same', () => {
  const { json, text } = open();
  const whole = text('Erika Mustermann');
  const [first, second] = json(['Erika Mustermann', 'Max Mustermann']) as string[];
  expect(first).toBe(whole);
  expect(second?.split(' ')[1]).toBe(whole.split(' ')[1]);
  expect(text('CARD ERIKA MUSTERMANN')).toContain(whole.toUpperCase());
  const digits = Array.from({ length: 10 }, (_, digit) => text(`REF-${digit}`));
  expect(new Set(digits).size).toBe(10);
});

test('replaces a number of an account by one that is valid, and an id by one of the same alphabet', () => {
  const { text } = open();
  const iban = text('DE89370400440532013000');
  expect(iban).toMatch(/^DE\d{20}$/);
  const moved = `${iban.slice(4)}1314${iban.slice(2, 4)}`;
  expect(BigInt(moved) % 97n).toBe(1n);
  expect(text('VWZ DE89370400440532013000')).toContain(iban);
  expect(text('6f9619ff-8b86-d011-b42d-00cf4fc964ff')).toMatch(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
});

test('keeps of an address that was called the words, and of another one nothing', () => {
  const { text, json } = open();
  const id = text('a81f-0C');
  expect(
    text('https://bank.example/v1/accounts/a81f-0C/list?dateFrom=2026-03-01&code=ABC'),
  ).toMatch(
    new RegExp(
      `^https://bank\\.example/v1/accounts/${id}/list\\?dateFrom=2026-03-22&code=[A-Z]{3}$`,
    ),
  );
  const login = text('https://u1:p%2Bw@bank.example/x');
  expect(login).toMatch(/^https:\/\/[a-z]\d:[a-z]%2B[a-z]@bank\.example\/x$/);
  expect(login).not.toMatch(/u1|p%2Bw/);
  const token = Buffer.from('https://bank.example/claim/S3CRET').toString('base64');
  const claim = Buffer.from(text(token), 'base64').toString();
  expect(claim).toMatch(/^https:\/\/bank\.example\/claim\/[A-Z]\d[A-Z]{4}$/);
  expect(text('https://erika.example/erika?erika=erika1')).not.toContain('erika');
  const links = { _links: { next: { href: '/v1/accounts/a81f-0C?page=2' }, self: 'v1/me' } };
  expect(json(links)).toMatchObject({
    _links: { next: { href: expect.stringContaining(`/v1/accounts/${id}?page=`) }, self: 'v1/me' },
  });
});

test('keeps of a list of banks the one that is meant, as it is, before anybody has logged in', () => {
  const isBank = (value: object) => 'name' in value && value.name === 'Sample Bank';
  const scrubber = createScrubber(disguise, { origins, isBank });
  const bank = { name: 'Sample Bank', maximum_consent_validity: 7_776_000 };
  const list = { banks: [{ name: 'Another Bank' }, bank] };
  expect(scrubber.json(list, true)).toEqual({ banks: [bank] });
  expect(JSON.stringify(scrubber.json(list))).not.toContain('Bank"');
});

test('another recording replaces by something else', () => {
  const [one, other] = [open(randomDisguise()), open(randomDisguise())];
  expect(one.text('Erika Mustermann')).not.toBe(other.text('Erika Mustermann'));
  const { weeks, factor } = randomDisguise();
  expect(weeks).toBeLessThan(-19);
  expect(factor).toBeGreaterThan(1);
});
