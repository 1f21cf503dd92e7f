import { expect, test } from '@jest/globals';
import { readSettings } from '../../../cloud/functions/settings.ts';

const key = 'projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k';
const complete = {
  BOOKFEED_PUBLIC_URL: 'https://bookfeed.example/',
  BOOKFEED_AUDIENCES: 'a.apps.example, b.apps.example',
  BOOKFEED_SERVICE_ACCOUNT: 'robot@example.org',
  BOOKFEED_KMS_KEY: key,
  BOOKFEED_SMTP_URL: 'smtps://user:hidden-word@mail.example:465',
  BOOKFEED_MAIL_FROM: 'Bookfeed <bookfeed@example.org>',
};

test('reads what is needed, and leaves Google in its place', () => {
  const settings = readSettings(complete);
  expect(settings).toMatchObject({
    BOOKFEED_KMS_KEY: key,
    BOOKFEED_SMTP_URL: complete.BOOKFEED_SMTP_URL,
    BOOKFEED_MAIL_FROM: complete.BOOKFEED_MAIL_FROM,
  });
  expect(settings.BOOKFEED_KMS_ROOT_URL).toBeUndefined();
});

test.each(Object.keys(complete))('names %s when it is missing', (name) => {
  expect(() => readSettings({ ...complete, [name]: undefined })).toThrow(name);
});

test.each([
  ['BOOKFEED_KMS_KEY', 'hidden-word'],
  ['BOOKFEED_KMS_KEY', `${key}/cryptoKeyVersions/1`],
  ['BOOKFEED_KMS_KEY', `${key}:destroy`],
  ['BOOKFEED_SMTP_URL', 'https://user:hidden-word@mail.example'],
  ['BOOKFEED_SMTP_URL', 'mail.example hidden-word'],
  ['BOOKFEED_MAIL_FROM', 'Bookfeed hidden-word'],
  ['BOOKFEED_KMS_ROOT_URL', 'hidden-word'],
])('names a wrong %s and does not quote it: %s', (name, value) => {
  const read = () => readSettings({ ...complete, [name]: value });
  expect(read).toThrow(name);
  expect(read).not.toThrow('hidden-word');
});

test('takes with what key a bank signs its notices, and quotes none that is none', () => {
  const bank = {
    id: 'berlin-group:dkb',
    name: 'DKB',
    country: 'DE',
    baseUrl: 'https://bank.example',
  };
  const read = (notificationSecret: string) =>
    readSettings({
      ...complete,
      BOOKFEED_BERLIN_GROUP_BANKS: JSON.stringify([{ ...bank, notificationSecret }]),
    }).BOOKFEED_BERLIN_GROUP_BANKS[0]?.notificationSecret;
  const good = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  expect(read(good)).toBe(good);
  for (const bad of ['hidden-word', 'whsec_hidden-word', 'whsec_', '']) {
    expect(() => read(bad)).toThrow('notificationSecret');
    expect(() => read(bad)).not.toThrow('hidden-word');
  }
});

test('takes banks that are read through their websites, each by a description that is there', () => {
  const bank = {
    id: 'direct-access:own',
    name: 'Own Bank',
    country: 'DE',
    baseUrl: 'https://bank.example',
    login: 'sandbox-bank',
  };
  const read = (more: object) =>
    readSettings({
      ...complete,
      BOOKFEED_DIRECT_ACCESS_BANKS: JSON.stringify([{ ...bank, ...more }]),
    }).BOOKFEED_DIRECT_ACCESS_BANKS;
  expect(read({})).toEqual([{ ...bank, historyDays: 90 }]);
  expect(() => read({ login: 'another-bank' })).toThrow('BOOKFEED_DIRECT_ACCESS_BANKS.0.login');
  expect(() => read({ id: 'berlin-group:own' })).toThrow('BOOKFEED_DIRECT_ACCESS_BANKS.0.id');
});
