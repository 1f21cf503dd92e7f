import { describe, expect, test } from '@jest/globals';
import { connections } from '../../../cloud/core/documents.ts';
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

const file = { accountKey: 'k-giro', preview: false };

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
  ['importStatement', { ...file, content: '%%%' }, 'bad-request', 'content'],
  ['importStatement', { ...file, content: '' }, 'file-unreadable', 'The file is empty.'],
  ['importStatement', { ...file, content: base64('%PDF-1.7 scan') }, 'file-unreadable', 'PDF'],
  [
    'importStatement',
    { ...file, accountKey: 'k-none', content: base64('a') },
    'not-found',
    'account',
  ],
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

  test('a file of half a megabyte is none of them', async () => {
    const { call } = await openBook();
    const lines = Array.from(
      { length: 12_000 },
      (_, at) => `2026-02-0${(at % 9) + 1},Kiosk,NUMMER ${at},-1.00`,
    );
    const content = base64(`Date,Payee,Description,Amount\n${lines.join('\n')}\n`);
    const { value } = await call('importStatement', { ...file, preview: true, content });
    expect(value).toMatchObject({ newRows: 12_000, problems: [] });
  });

  test('a file that is too large is refused before it is read', async () => {
    const { call } = await openBook();
    const content = 'A'.repeat(29_000_000);
    const { failure } = await call('importStatement', { ...file, content });
    expect(failure).toMatchObject({ code: 'bad-request', detail: 'the request is too long' });
  });
});
