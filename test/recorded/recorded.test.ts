import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Recording } from '../../cloud/local/try/recording.ts';
import { checkRecording } from '../../cloud/local/try/replay.ts';

const root = join(import.meta.dirname, '../..');

/** What a recording leaves out. */
const keys = {
  BOOKFEED_ENABLE_BANKING_APPLICATION: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  BOOKFEED_ENABLE_BANKING_KEY: readFileSync(
    join(root, 'test/fixtures/test-certificates/client-key.pem'),
    'utf8',
  ),
  BOOKFEED_FINTS_PRODUCT_ID: 'MADE0UP',
  BOOKFEED_GOCARDLESS_SECRET_ID: 'made-up',
  BOOKFEED_GOCARDLESS_SECRET_KEY: 'made-up',
  BOOKFEED_PLAID_CLIENT_ID: 'made-up',
  BOOKFEED_PLAID_SECRET: 'made-up',
};

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => join('test/recorded', name));

test('there are recordings', () => {
  expect(files.length).toBeGreaterThan(4);
});

test.each(files)(
  '%s: the connector makes the same of these answers as when it was recorded',
  async (file) => {
    const recording = JSON.parse(readFileSync(join(root, file), 'utf8')) as Recording;
    const wrong = await checkRecording(recording, keys);
    expect(wrong.map((sentence) => `${file}: ${sentence}`)).toEqual([]);
  },
);
