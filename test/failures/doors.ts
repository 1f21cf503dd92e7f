import { startConnect } from '../../cloud/core/connect-bank.ts';
import { deliverBook } from '../../cloud/core/deliver-book.ts';
import { books, type ConnectionDoc } from '../../cloud/core/documents.ts';
import { syncConnection } from '../../cloud/core/sync-connection.ts';
import type { World } from '../../cloud/core/world.ts';
import type { BankConnector } from '../../cloud/ports/bank-connector.ts';
import { write } from '../../cloud/ports/store.ts';
import { createWeb } from '../../cloud/web/web.ts';
import type { FailureView } from '../../shared/failures.ts';
import type { Role } from '../../shared/roles.ts';
import { createLoginBank } from '../cloud/core/login-bank.ts';
import { bookId, connectGiro, createTestWorld } from '../cloud/core/world.ts';

interface Answer {
  readonly proof?: string;
  readonly failure?: FailureView | undefined;
  readonly value?: {
    readonly connections: readonly {
      readonly failure?: FailureView;
      readonly nextSyncAt?: string;
    }[];
    readonly sheetFailure?: FailureView;
    readonly waitingRows: number;
  };
}

/** A book with one linked account of a bank, behind the doors that the add-on and browsers have. */
export async function openBook(connection: Partial<ConnectionDoc> = {}) {
  const it = createTestWorld();
  const login = createLoginBank();
  const notices: { readNotice?: NonNullable<BankConnector['readNotice']> } = {};
  const fake: BankConnector = {
    ...(it.world.connectors.get('fake') as BankConnector),
    readNotice: async (request) => {
      if (!notices.readNotice) throw new TypeError('no notices here');
      return notices.readNotice(request);
    },
  };
  const world: World = {
    ...it.world,
    connectors: new Map([
      ['fake', fake],
      ['direct', login.connector],
    ]),
  };
  await connectGiro(world, connection);
  const web = createWeb(world, () => ({ ipAddress: '127.0.0.1' }));

  async function call(name: string, args: unknown, userId = 'erika'): Promise<Answer> {
    const response = await web.request(`/api/${name}`, {
      method: 'POST',
      headers: userId ? { Authorization: `Bearer ${userId}` } : {},
      body: JSON.stringify({ spreadsheetId: bookId, args }),
    });
    return (await response.json()) as Answer;
  }

  /** Leaves the proof that is asked for in the spreadsheet. */
  async function prove(userId = 'erika'): Promise<void> {
    const { proof } = await call('overview', {}, userId);
    if (proof) it.sheet.state.proofs.add(proof);
  }

  async function join(userId: string, role: Role): Promise<void> {
    await prove(userId);
    await call('overview', {}, userId);
    const found = await world.store.get(books, bookId);
    if (!found) throw new Error('no book');
    const members = { ...found.value.members, [userId]: { role, since: world.clock.now() } };
    const value = { ...found.value, members };
    await world.store.commit([write(books, bookId, value, { version: found.version })]);
  }

  /** Does what waits, as the queues do. */
  async function work(): Promise<void> {
    for (let task = it.queue.shift(); task; task = it.queue.shift()) {
      if (task.kind === 'sync') await syncConnection(world, task.connectionId, task.cause);
      if (task.kind === 'deliver') await deliverBook(world, task.bookId);
    }
  }

  await prove();
  return Object.assign(notices, { ...it, world, web, call, prove, join, work });
}

export type OpenedBook = Awaited<ReturnType<typeof openBook>>;

/** A browser on the connect page that has come to the login at this bank. */
export async function walkToLogin(institutionId: string) {
  const { web, world, bank } = await openBook();
  let cookie = '';
  let page = '';
  let place = '';
  async function go(path: string, init: RequestInit = {}): Promise<string> {
    const response = await web.request(path, { ...init, headers: { Cookie: cookie } });
    cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? cookie;
    const location = response.headers.get('Location');
    place = location ?? path;
    if (location?.startsWith('/')) return go(location);
    page = await response.text();
    return page;
  }
  /** A form of the page that was loaded last. */
  const send = (path: string, fields: Record<string, string>) => {
    const version = /name="version" value="([^"]*)"/.exec(page)?.[1] ?? '';
    return go(path, { method: 'POST', body: new URLSearchParams({ version, ...fields }) });
  };
  const { pathname, search } = new URL(await startConnect(world, bookId, 'erika'));
  await go(pathname + search);
  await send('/connect/country', { country: 'DE' });
  await send('/connect/terms', { accepted: 'yes' });
  await send('/connect/way-in', { institution: institutionId });
  return { bank, go, send, place: () => place };
}
