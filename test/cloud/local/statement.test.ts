import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('the statement command prints a line of JSON for each file, refused ones too', () => {
  const files = ['no-currency.ofx', 'camt052-v01-report.xml', 'refused/letter.txt', 'missing.ofx'];
  const printed = execFileSync(
    process.execPath,
    ['cloud/local/statement.ts', ...files.map((name) => `test/fixtures/statements/${name}`)],
    { cwd: root, encoding: 'utf8' },
  );
  const answers = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, false, false]);
  expect(answers[0].transactions).toEqual([
    { date: '2026-06-01', amount: '-10.00', status: 'booked' },
  ]);
  expect(answers[1]).toMatchObject({
    file: 'test/fixtures/statements/camt052-v01-report.xml',
    format: 'camt',
    transactions: [
      {
        date: '2026-06-01',
        amount: '-200000.00',
        currency: 'SEK',
        account: '50000000058398257466',
      },
      { date: '2026-06-02', valueDate: '2026-06-02', amount: '30000.50', status: 'pending' },
    ],
    question: null,
  });
  expect(answers[2].error).toMatch(/^This is no OFX, QFX or CAMT statement\. Choose /);
  expect(answers[3].error).toMatch(/^There is no such file\./);
});
