import { expect, test } from '@jest/globals';
import { reportWalk } from '../../../../cloud/local/try/report-walk.ts';
import {
  type Terminal,
  type Walk,
  walkConnector,
} from '../../../../cloud/local/try/walk-connector.ts';
import {
  type AccessStep,
  BankError,
  ConfirmationNeeded,
} from '../../../../cloud/ports/bank-connector.ts';
import type { Institution } from '../../../../shared/bank.ts';
import type { ConfirmationAnswer } from '../../../../shared/confirmation.ts';
import { startBank } from '../bank/bank-server.ts';
import { decideAtBank } from '../bank/visit-bank.ts';

/** Answers by what is asked; what is told is kept. */
function createTerminal(answers: Readonly<Record<string, string | string[]>>) {
  const said: string[] = [];
  const answer = async (question: string): Promise<string> => {
    said.push(question);
    const found = Object.entries(answers).find(([part]) => question.includes(part));
    if (!found) throw new Error(`nobody knows what to say to: ${question}`);
    const [, given] = found;
    return typeof given === 'string' ? given : (given.shift() ?? '');
  };
  const terminal: Terminal = {
    say: (line) => void said.push(line),
    ask: answer,
    askSecret: (question) => answer(`secret ${question}`),
    show: async (_, mimeType) => void said.push(`picture ${mimeType}`),
  };
  return { terminal, said };
}

function walkOf(
  connector: Walk['connector'],
  { terminal }: { terminal: Terminal },
  more: Partial<Walk> = {},
): Walk {
  return {
    connector,
    terminal,
    wayBack: {
      redirectUrl: 'http://127.0.0.1:4711/connect/callback?state=s1',
      returned: async () => ({ code: 'c1' }),
    },
    clock: { now: () => '2026-03-10T12:00:00.000Z' },
    days: 90,
    wait: async () => {},
    ...more,
  };
}

test('walks a bank from its list to its entries, and reports nothing of a person', async () => {
  const bank = await startBank();
  const it = createTerminal({ 'Which bank?': 'sandbox', number: '1', 'Give the permission': '' });
  const pages: string[] = [];
  const terminal = {
    ...it.terminal,
    say: (line: string) => {
      it.said.push(line);
      pages.push(...(/https?:\S+/.exec(line) ?? []));
    },
    // Waits for ever: the browser comes back by itself.
    ask: (question: string) =>
      question.startsWith('Wait here') ? new Promise<string>(() => {}) : it.terminal.ask(question),
  };
  const redirectUrl = 'http://127.0.0.1:4711/connect/callback?state=s1';
  const returned = async () => {
    await decideAtBank(pages.at(-1) ?? '', 'allow');
    return {};
  };
  const begun: string[] = [];
  const onStep = (step: string) => begun.push(step);
  const wayBack = { redirectUrl, returned };
  const walked = await walkConnector(
    walkOf(bank.connector, { terminal }, { clock: bank.clock, wayBack, onStep }),
  );
  const report = reportWalk(walked, '2026-03-10');
  const told = report.steps.map(({ step }) => step);
  expect(begun.toSorted()).toEqual([...told, 'credentials'].toSorted());
  expect(report.steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
    'institutions ok',
    'start access ok',
    'confirmation ok',
    'accounts ok',
    'balance 1 ok',
    'entries 1 ok',
    'balance 2 ok',
    'entries 2 ok',
    'balance 3 ok',
    'entries 3 ok',
    'read ok',
    'revoke ok',
  ]);
  const [first] = report.accounts;
  expect(first).toMatchObject({ type: 'current', currency: 'EUR' });
  expect(first?.fields).toEqual(expect.arrayContaining(['iban', 'holder', 'name']));
  expect(first?.entries?.booked).toBeGreaterThan(10);
  expect(first?.entries?.fields['amount']).toBe(
    (first?.entries?.booked ?? 0) + (first?.entries?.pending ?? 0),
  );
  expect(JSON.stringify(report)).not.toMatch(/Clara|DE\d\d|REWE|Miete|\d{5}/);
  await bank.stop();
});

const institution: Institution = {
  id: 'asking:bank',
  connector: 'asking',
  name: 'Asking Bank',
  country: 'DE',
  wayIn: 'login',
  historyDays: 90,
  credentials: [
    { name: 'user', label: 'User', kind: 'text' },
    { name: 'pin', label: 'PIN', kind: 'password', hint: 'five digits' },
    { name: 'customer', label: 'Customer', kind: 'text', isOptional: true },
  ],
};
const picture = { mimeType: 'image/png', content: 'AAAA', alt: 'Photo TAN' } as const;

/** Asks for a method, a code and an approval at the login, and a code again before the accounts. */
async function startAsking() {
  const bank = await startBank();
  const given: unknown[] = [];
  let polls = 0;
  let isOpen = false;
  const asked = (confirmation: (AccessStep & { kind: 'asked' })['confirmation']): AccessStep => ({
    kind: 'asked',
    grant: { at: confirmation.kind },
    confirmation,
  });
  const granted: AccessStep = { kind: 'granted', grant: { user: 'u' }, validUntil: '2026-06-08' };
  const approval = asked({ kind: 'approval', prompt: 'Approve it in the app', everySeconds: 2 });
  const code = asked({ kind: 'code', prompt: 'Type the TAN', format: 'digits', picture });
  function next(answer: ConfirmationAnswer): AccessStep {
    if (answer.kind === 'method') return code;
    if (answer.kind === 'code' && answer.text !== '123') throw new BankError('code-rejected');
    if (answer.kind === 'code') return isOpen ? granted : approval;
    polls += 1;
    isOpen = polls > 1;
    return isOpen ? granted : approval;
  }
  let isConfirmed = false;
  const connector: Walk['connector'] = {
    ...bank.connector,
    id: 'asking',
    institutions: async () => [institution],
    startAccess: async ({ credentials }) => {
      given.push(credentials);
      const methods = [
        { id: 'm1', name: 'SMS' },
        { id: 'm2', name: 'App' },
      ];
      return asked({ kind: 'method', prompt: 'How?', methods });
    },
    answerConfirmation: async (_grant, answer) => {
      given.push(answer);
      return next(answer);
    },
    open: async () => ({
      accounts: async () => {
        if (isConfirmed || code.kind !== 'asked') return [];
        isConfirmed = true;
        throw new ConfirmationNeeded(code);
      },
      balance: async () => ({}),
      entries: async function* () {},
      close: async () => {},
    }),
    revokeAccess: async () => {
      throw new BankError('bank-unavailable', 'logout: 503');
    },
  };
  return { connector, given, stop: bank.stop };
}

test('asks all that a bank asks of its user, and again what it does not accept', async () => {
  const bank = await startAsking();
  const it = createTerminal({
    'secret PIN (five digits)': '12345',
    User: 'erika',
    'Customer, optional: ': '',
    'Its number': ['9', '2'],
    Code: ['000', '123', '123'],
    'Give the permission': 'y',
  });
  const waited: number[] = [];
  const wait = async (seconds: number) => void waited.push(seconds);
  const report = await walkConnector(walkOf(bank.connector, it, { wait }));
  expect(bank.given).toEqual([
    { user: 'erika', pin: '12345' },
    { kind: 'method', id: 'm2' },
    { kind: 'code', text: '000' },
    { kind: 'code', text: '123' },
    { kind: 'poll' },
    { kind: 'poll' },
    { kind: 'code', text: '123' },
  ]);
  expect(waited).toEqual([2, 2]);
  expect(it.said).toEqual(
    expect.arrayContaining(['picture image/png', 'The bank does not accept that code.']),
  );
  expect(report).toMatchObject({ consent: { days: 90 }, accounts: [] });
  expect(report.steps.at(-1)).toMatchObject({
    step: 'revoke',
    result: 'bank-unavailable',
    detail: 'logout: 503',
  });
  await bank.stop();
});

test('ends with a report where the bank refuses the login', async () => {
  const bank = await startAsking();
  const connector = {
    ...bank.connector,
    startAccess: async () => {
      throw new BankError('login-rejected', 'login: 9910');
    },
  };
  const it = createTerminal({ PIN: '1', User: 'u', Customer: '' });
  const report = await walkConnector(walkOf(connector, it));
  expect(report.accounts).toEqual([]);
  expect(report.steps.at(-1)).toMatchObject({ step: 'start access', result: 'login-rejected' });
  await bank.stop();
});
