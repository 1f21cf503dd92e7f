import { describe, expect, test } from '@jest/globals';
import { books, connections } from '../../../cloud/core/documents.ts';
import { write } from '../../../cloud/ports/store.ts';
import { createWeb } from '../../../cloud/web/web.ts';
import { type ApiCall, type ApiResult, apiCalls } from '../../../shared/api.ts';
import { type Role, roles } from '../../../shared/roles.ts';
import { confirmedAt, pendingCode } from '../core/connection-docs.ts';
import { bookId, connectGiro, createTestWorld, emptyReading } from '../core/world.ts';

const connectionId = 'c1';
const choices = { answers: {}, targets: {}, isFromStart: false };
const toLink = { path: 'Assets:Savings', type: 'asset' } as const;

/** What each may do that the one before may not, with arguments that the door takes. */
const callsOf: Readonly<Record<Role, Readonly<Partial<Record<ApiCall, unknown>>>>> = {
  viewer: {
    overview: {},
    accessLog: { connectionId },
    members: {},
    setMails: { reminders: false },
    takeDelivery: { snapshot: {} },
    finishDelivery: { deliveryId: 'd1', batchIds: [], isWritten: false },
    reviewDrafts: { snapshot: {} },
    reviewRules: { snapshot: {} },
  },
  bookkeeper: {
    linkAccount: { connectionId, accountKey: 'k-giro', bookAccount: toLink, from: '2026-01-01' },
    identifyAccount: { connectionId, accountKey: 'k-giro', externalId: 'x9' },
    syncNow: {},
    syncHistory: { connectionId },
    previewSync: { connectionId },
    applySync: { previewId: 'c1~v1' },
    answerConfirmation: { connectionId, answer: { kind: 'code', text: '123456' } },
    putFile: { fileId: 'f1', name: 'a.csv', part: 0, parts: 1, content: 'YQ==' },
    previewFile: { fileId: 'f1', choices },
    importFile: { fileId: 'f1', choices },
    dropFile: { fileId: 'f1' },
    removeFileAccount: { accountKey: 'k1' },
    undoRun: { runId: 'r1', preview: true },
    suggestAgain: { snapshot: emptyReading },
    rejectTransfer: { ids: ['e1', 'e2'] },
    addRule: { snapshot: emptyReading, rule: null },
    dismissRule: { key: 'k' },
  },
  admin: {
    startConnect: {},
    findAccounts: { connectionId },
    renameConnection: { connectionId, name: 'Household' },
    setSchedule: { connectionId, everyHours: 12 },
    setRole: { memberId: 'another', role: 'viewer' },
    unsync: { connectionId },
    setSuggestions: { certainty: 0.5, postFrom: null, transit: 'Assets:In transit' },
  },
  owner: {},
};

/** Erika's book and connection; somebody else of that role has opened it. */
async function open(role: Role) {
  const it = createTestWorld(confirmedAt);
  const { world } = it;
  await connectGiro(world);
  const book = await world.store.get(books, bookId);
  if (!book) throw new Error('no book');
  const since = world.clock.now();
  const members = { ...book.value.members, mia: { role, since } };
  const editors = { erika: { provenAt: since }, mia: { provenAt: since } };
  await world.store.commit([write(books, bookId, { ...book.value, members, editors }, 'any')]);
  const web = createWeb(world, () => ({ ipAddress: '192.0.2.7' }));
  const call = async (name: ApiCall, args: unknown, token = 'mia') => {
    const response = await web.request(`/api/${name}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ spreadsheetId: bookId, args }),
    });
    return (await response.json()) as ApiResult<'overview'>;
  };
  return { ...it, call };
}

const codeOf = (result: ApiResult<'overview'>) => (result.ok ? 'ok' : result.failure.code);

describe('the door of the cloud', () => {
  test('knows of every call who may make it', () => {
    const known = Object.values(callsOf).flatMap((calls) => Object.keys(calls));
    expect(known.toSorted()).toEqual(Object.keys(apiCalls).toSorted());
  });

  test.each(roles)(
    'lets a %s make the calls of that role and those below, and no others',
    async (role) => {
      for (const least of roles) {
        const isAllowed = roles.indexOf(role) >= roles.indexOf(least);
        for (const [name, args] of Object.entries(callsOf[least])) {
          const { call, world } = await open(role);
          const before = await world.store.get(connections, connectionId);
          const code = codeOf(await call(name as ApiCall, args));
          expect([name, code === 'not-allowed']).toEqual([name, !isAllowed]);
          if (isAllowed) continue;
          expect(await world.store.get(connections, connectionId)).toEqual(before);
        }
      }
    },
  );

  test("lets no admin renew, change or confirm another's access, or read it", async () => {
    const { call, world } = await open('admin');
    const found = await world.store.get(connections, connectionId);
    if (!found) throw new Error('no connection');
    const confirmation = pendingCode(confirmedAt);
    const asking = { ...found.value, confirmation };
    await world.store.commit([write(connections, connectionId, asking, 'any')]);
    const answer = { kind: 'code', text: '123456' };
    for (const token of ['mia', 'erika']) {
      const isMine = token === 'erika';
      expect(codeOf(await call('startConnect', { connectionId }, token)) === 'not-yours').toBe(
        !isMine,
      );
      const told = await call('answerConfirmation', { connectionId, answer }, token);
      expect(codeOf(told) === 'not-yours').toBe(!isMine);
      expect(await call('overview', {}, token)).toMatchObject({
        value: { connections: [{ isMine }] },
      });
    }
    const text = JSON.stringify(await call('overview', {}));
    for (const secret of ['sealed', asking.grant?.text ?? '?', asking.grant?.key ?? '?']) {
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
  });
});
