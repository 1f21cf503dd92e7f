import { describe, expect, test } from '@jest/globals';
import { connections } from '../../../cloud/core/documents.ts';
import { digest } from '../../../cloud/core/file-documents.ts';
import { createWeb } from '../../../cloud/web/web.ts';
import { bookId, connectGiro, createTestWorld, emptyReading, entry } from '../core/world.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A book with one linked account, and its editor's calls. */
async function openBook() {
  const it = createTestWorld();
  it.bank.pages = [[entry('-1.00')]];
  await connectGiro(it.world);
  const web = createWeb(it.world, () => ({ ipAddress: '127.0.0.1' }));
  const call = async (name: string, args: unknown) => {
    const response = await web.request(`/api/${name}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer erika' },
      body: JSON.stringify({ spreadsheetId: bookId, args }),
    });
    return (await response.json()) as {
      value?: unknown;
      failure?: { code: string; detail?: string };
      proof?: string;
    };
  };
  const { proof = '' } = await call('overview', {});
  it.sheet.state.proofs.add(proof);
  return { ...it, call };
}

const file = { fileId: 'f1', name: 'umsatz.csv', part: 0, parts: 1, content: base64('a') };
const choices = { answers: {}, targets: {}, isFromStart: false };
const to = (path: string, type = 'asset') => ({
  ...choices,
  targets: { [digest(['', undefined])]: { bookAccount: { path, type } } },
});

const wanted = { certainty: 0.5, postFrom: null, transit: 'Assets:In transit' };

const bad: readonly [string, unknown, string, string][] = [
  [
    'syncHistory',
    { connectionId: 'c1', from: '2026-02-30' },
    'bad-request',
    'from: a day as YYYY-MM-DD',
  ],
  ['syncHistory', { connectionId: 'none' }, 'not-found', 'connection'],
  ['previewSync', { connectionId: 'none' }, 'not-found', 'connection'],
  ['previewSync', { connectionId: '__proto__' }, 'bad-request', 'connectionId'],
  ['applySync', { previewId: 'c1' }, 'not-found', 'preview'],
  ['applySync', { previewId: '..' }, 'bad-request', 'previewId'],
  ['findAccounts', { connectionId: 'none' }, 'not-found', 'connection'],
  [
    'identifyAccount',
    { connectionId: 'c1', accountKey: 'k-giro', externalId: 'x9' },
    'not-found',
    'account',
  ],
  ['unsync', { connectionId: 'none' }, 'not-found', 'connection'],
  ['putFile', { ...file, content: '%%%' }, 'bad-request', 'content'],
  ['putFile', { ...file, content: 'A'.repeat(900_000) }, 'bad-request', 'content'],
  ['putFile', { ...file, content: 'A'.repeat(1_100_000) }, 'bad-request', 'too long'],
  ['putFile', { ...file, part: 1 }, 'bad-request', 'The file has no such part.'],
  ['putFile', { ...file, part: -1 }, 'bad-request', 'part'],
  ['putFile', { ...file, parts: 36 }, 'bad-request', 'parts'],
  ['putFile', { ...file, fileId: '__proto__' }, 'bad-request', 'fileId'],
  ['putFile', { ...file, name: 'n'.repeat(201) }, 'bad-request', 'name'],
  ['previewFile', { fileId: 'none', choices }, 'not-found', 'file'],
  ['previewFile', { fileId: 'f1' }, 'bad-request', 'choices'],
  [
    'previewFile',
    { fileId: 'f1', choices: { ...choices, answers: { sign: 'A b' } } },
    'bad-request',
    'choices.answers.sign',
  ],
  [
    'previewFile',
    { fileId: 'f1', choices: { ...choices, targets: { ['__x__']: null } } },
    'bad-request',
    'choices.targets.__x__',
  ],
  ['importFile', { fileId: 'f1', choices: to('Assets::A') }, 'bad-request', 'choices.targets'],
  [
    'importFile',
    { fileId: 'f1', choices: to('Expenses:A', 'expense') },
    'bad-request',
    'choices.targets',
  ],
  ['importFile', { fileId: 'none', choices }, 'not-found', 'file'],
  ['dropFile', { fileId: '..' }, 'bad-request', 'fileId'],
  ['removeFileAccount', { accountKey: 'none' }, 'not-found', 'account'],
  ['undoRun', { runId: 'none', preview: false }, 'not-found', 'run'],
  ['undoRun', { runId: 'r1' }, 'bad-request', 'preview'],
  ['takeDelivery', { snapshot: { transactions: 'all' } }, 'bad-request', 'snapshot'],
  ['finishDelivery', { deliveryId: 'd1' }, 'bad-request', 'batchIds'],
  ['reviewDrafts', { snapshot: { transactions: 'all' } }, 'bad-request', 'snapshot'],
  ['reviewRules', {}, 'bad-request', 'snapshot'],
  ['suggestAgain', { snapshot: [] }, 'bad-request', 'snapshot'],
  ['rejectTransfer', { ids: ['e1'] }, 'bad-request', 'ids'],
  ['rejectTransfer', { ids: ['e1', '..'] }, 'bad-request', 'ids.1'],
  ['addRule', { snapshot: emptyReading, rule: { post: 'yes' } }, 'bad-request', 'rule'],
  [
    'addRule',
    { snapshot: emptyReading, rule: { text: ' ', post: false } },
    'bad-request',
    'rule.text',
  ],
  ['dismissRule', { key: '' }, 'bad-request', 'key'],
  ['setSuggestions', { ...wanted, certainty: 1 }, 'bad-request', 'certainty'],
  ['setSuggestions', { ...wanted, postFrom: 0.5 }, 'bad-request', 'postFrom'],
  ['setSuggestions', { ...wanted, transit: 'Assets::Transit' }, 'bad-request', 'transit'],
  ['setSuggestions', { ...wanted, transit: 'Assets:Checking' }, 'bad-request', 'a bank fills it'],
];

describe('a call with what cannot be used', () => {
  test.each(bad)('%s with %j is %s, which names the thing, and changes nothing', async (...it) => {
    const [name, args, code, detail] = it;
    const { world, call, sheet, lines } = await openBook();
    const before = await world.store.get(connections, 'c1');
    const { failure } = await call(name, args);
    expect(failure).toMatchObject({ code, detail: expect.stringContaining(detail) });
    expect(await world.store.get(connections, 'c1')).toEqual(before);
    expect(sheet.state.transactions).toBeNull();
    expect(lines.filter(({ event }) => event === 'defect')).toEqual([]);
  });

  test('half a surrogate pair in a file name is none of them', async () => {
    const { call } = await openBook();
    expect(await call('putFile', { ...file, name: 'um\ud800satz.csv' })).toMatchObject({
      ok: true,
    });
  });

  const unreadable: readonly [string, string][] = [
    ['', 'The file is empty.'],
    ['%PDF-1.7 scan', 'PDF'],
  ];
  test.each(unreadable)('a file of %j is refused with what to do', async (content, detail) => {
    const { call } = await openBook();
    await call('putFile', { ...file, content: base64(content) });
    const { failure } = await call('previewFile', { fileId: 'f1', choices });
    expect(failure).toMatchObject({
      code: 'file-unreadable',
      detail: expect.stringContaining(detail),
    });
  });
});
