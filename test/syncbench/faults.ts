import type { HttpBindings } from '@hono/node-server';
import { type Store, StoreUnavailable } from '../../cloud/ports/store.ts';
import type { Fault } from './format.ts';

/** Thrown by every port of a world whose process is gone. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/** Whether the process that a world stands for still runs. */
export interface Life {
  readonly isOver: boolean;
  end(): void;
}

export function createLife(): Life {
  let isOver = false;
  return {
    get isOver() {
      return isOver;
    },
    end: () => {
      isOver = true;
    },
  };
}

type Effect = Fault['effect'];
type Kind = Fault['on'];

export type Faults = ReturnType<typeof createFaults>;

/** Faults of one sync: each hits the nth call of its kind that its tasks make. */
export function createFaults() {
  let armed: readonly Fault[] = [];
  let isDuring = false;
  const calls = new Map<Kind, number>();
  return {
    arm(faults: readonly Fault[]): void {
      armed = faults;
      calls.clear();
    },
    /** Calls count while this work is done; what the user looks at before and after is not the sync's. */
    async during<T>(work: () => Promise<T>): Promise<T> {
      isDuring = true;
      try {
        return await work();
      } finally {
        isDuring = false;
      }
    },
    /** What is to become of this call. */
    take(kind: Kind): Effect | undefined {
      if (!isDuring) return undefined;
      const nth = (calls.get(kind) ?? 0) + 1;
      calls.set(kind, nth);
      return armed.find((fault) => fault.on === kind && fault.nth === nth)?.effect;
    },
    /** Calls of a kind that were counted since the last arming. */
    count: (kind: Kind) => calls.get(kind) ?? 0,
  };
}

/** A store whose writes can fail, and which is out of reach once the life is over. */
export function faultyStore(store: Store, faults: Faults, life: Life): Store {
  const reach = async <T>(work: () => Promise<T>): Promise<T> => {
    if (life.isOver) throw new Crashed();
    const result = await work();
    if (life.isOver) throw new Crashed();
    return result;
  };
  return {
    get: (collection, key) => reach(() => store.get(collection, key)),
    getMany: (collection, keys) => reach(() => store.getMany(collection, keys)),
    find: (collection, query) => reach(() => store.find(collection, query)),
    commit: (writes) =>
      reach(async () => {
        const effect = faults.take('store-write');
        if (effect === 'refused') throw new StoreUnavailable('refused by the scenario');
        if (effect === 'crash-before') {
          life.end();
          throw new Crashed();
        }
        const versions = await store.commit(writes);
        if (effect === 'crash-after') life.end();
        if (effect === 'done-but-answer-lost') throw new StoreUnavailable('the answer was lost');
        return versions;
      }),
    close: () => store.close(),
  };
}

type Door = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** A sheets server whose requests can fail; it answers nothing once the life is over. */
export function faultySheets(door: Door, faults: Faults, life: Life): Door {
  return async (request, env) => {
    if (life.isOver) return hangUp(env);
    const effect = faults.take(isRead(request) ? 'sheet-read' : 'sheet-write');
    if (effect === 'refused') return new Response(null, { status: 503 });
    if (effect === 'crash-before') {
      life.end();
      return hangUp(env);
    }
    const response = await door(request, env);
    if (effect === 'crash-after') life.end();
    return effect === undefined ? response : hangUp(env);
  };
}

/** Searches and readings by filter are POSTs of the Sheets API, too. */
function isRead({ method, url }: Request): boolean {
  return (
    method === 'GET' ||
    /:(search|getByDataFilter|batchGetByDataFilter)$/.test(new URL(url).pathname)
  );
}

/** The caller never learns what became of its request. */
function hangUp({ incoming }: HttpBindings): Response {
  incoming.socket.destroy();
  return new Response(null, { status: 503 });
}
