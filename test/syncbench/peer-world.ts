import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../shared/calendar-date.ts';
import type { ActualApi, ActualEngine } from './peer-api.ts';
import { type FetchForPeer, servePeer } from './peer-server.ts';

/** Actual as it runs, and what it runs in. */
export interface PeerWorld {
  readonly api: ActualApi;
  readonly engine: ActualEngine;
  /** Actual asks the machine for the time. */
  setNow(instant: Instant): void;
  /** Who answers its bank sync from now on. */
  answerBy(fetchEntries: FetchForPeer): void;
  /** What went wrong on our side. */
  readonly defects: readonly unknown[];
  close(): Promise<void>;
}

/** Starts Actual in a folder of its own, with a server of ours in the place of its own, on loopback. */
export async function openPeerWorld(
  api: ActualApi,
  setNow: PeerWorld['setNow'],
): Promise<PeerWorld> {
  let fetchEntries: FetchForPeer = async () => ({ balance: {}, entries: [] });
  const defects: unknown[] = [];
  const server = await servePeer(
    (accountId, from) => fetchEntries(accountId, from),
    (defect) => defects.push(defect),
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'bookfeed-syncbench-peer-'));
  const close = async () => {
    await server.close();
    await rm(dataDir, { recursive: true });
  };
  try {
    const engine = await api.init({ dataDir, verbose: false });
    // Told after the start: a server that it knows from the start is one with which it would sync its books.
    await engine.send('set-server-url', { url: server.url, validate: false });
    await engine.send('subscribe-set-token', { token: 'syncbench' });
    const answerBy: PeerWorld['answerBy'] = (fetchNow) => {
      fetchEntries = fetchNow;
    };
    return { api, engine, setNow, answerBy, defects, close };
  } catch (error) {
    await close();
    throw error;
  }
}
