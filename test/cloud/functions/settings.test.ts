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
