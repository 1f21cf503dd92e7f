import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** As `npm run -s statement --` does it. */
function runStatement(...args: readonly string[]) {
  const command = ['--disable-warning=ExperimentalWarning', 'cloud/local/statement.ts', ...args];
  return new Promise<{ out: string; err: string; code: number }>((done) => {
    const child = execFile(process.execPath, command, { cwd: root }, (_, out, err) =>
      done({ out, err, code: child.exitCode ?? -1 }),
    );
  });
}

test('the statement command prints a line of JSON for each file, refused ones too', async () => {
  const names = ['no-currency.ofx', 'camt052-v01-report.xml', 'refused/letter.txt', 'missing.ofx'];
  const files = [...names.map((name) => `test/fixtures/statements/${name}`), 'test'];
  const { out, err, code } = await runStatement(...files);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ file }) => file)).toEqual(files);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, false, false, false]);
  expect(answers[0].transactions).toEqual([
    { date: '2026-06-01', amount: '-10.00', status: 'booked', counterparty: 'Ferry', text: '' },
  ]);
  expect(answers[0].accounts).toMatchObject([{ entries: 1, from: '2026-06-01', to: '2026-06-01' }]);
  expect(answers[1]).toMatchObject({
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
  expect(answers[2].error).toMatch(/\. Choose /);
  expect(answers[3].error).toMatch(/^There is no such file\./);
  expect(answers[4].error).toMatch(/^This is a folder\./);
});

test('a file that leaves its days open is asked about, and read with the answer', async () => {
  const file = 'test/fixtures/statements/asked/csv-day-or-month.csv';
  const read = async (...args: readonly string[]) => JSON.parse((await runStatement(...args)).out);
  const asked = await read(file);
  expect(asked).toMatchObject({ ok: true, transactions: [], question: { key: 'date-order' } });
  const { options, message, labels, examples } = asked.question;
  expect(options).toEqual(expect.arrayContaining(['dmy', 'mdy']));
  expect(message).toMatch(/\?$/);
  expect([Object.keys(labels), Object.keys(examples)]).toEqual([options, options]);
  const answered = await read('--answer', 'date-order=mdy', file);
  expect(answered.question).toBeNull();
  expect(answered.transactions[0].date).toBe('2026-03-02');
});

test('a wrong option is told with how it is used', async () => {
  for (const args of [['--answer', 'when=dmy', 'x.csv'], []]) {
    const { out, err, code } = await runStatement(...args);
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(err).toMatch(/^[^\n]+\nUsage: /);
  }
  expect((await runStatement('--help')).out).toMatch(/^Usage: /);
});
