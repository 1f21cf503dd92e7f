import { addMs, type Instant } from '../../shared/calendar-date.ts';
import { write } from '../ports/store.ts';
import { VaultUnreadable } from '../ports/vault.ts';
import { type ConnectionDoc, connections } from './documents.ts';
import { untilCommitted } from './until-committed.ts';
import type { World } from './world.ts';

/** A find of the store takes no more. */
const roundMax = 500;
/** As many wrapping keys are asked for at once: Cloud KMS answers 1,000 a second, and syncs need it, too. */
const atOnce = 20;

export interface Rotation {
  readonly resealed: number;
  /** Connections whose secrets no key opens; they stay as they are, and their users will have to renew them. */
  readonly unreadable: number;
  /** False where so many are unreadable that those behind them were not reached: a wrong key, most likely. */
  readonly isDone: boolean;
}

type RotationWorld = Pick<World, 'store' | 'vault' | 'clock' | 'log'>;

/**
 * Seals anew what was sealed before that instant, by the wrapping key of now: the one before it is needed no longer. It may
 * run beside syncs, and again after it was broken off. Ways through the connect page end by themselves and are left.
 * @throws VaultUnavailable, StoreUnavailable, StoreConflict
 */
export async function rotateSecrets(
  world: RotationWorld,
  before: Instant = world.clock.now(),
): Promise<Rotation> {
  const upTo = { field: 'sealedAt', op: '<=', value: addMs(before, -1), limit: roundMax } as const;
  const unreadable = new Set<string>();
  let resealed = 0;
  for (;;) {
    const found = (await world.store.find(connections, upTo)).map(({ key }) => key);
    const keys = found.filter((key) => !unreadable.has(key));
    if (keys.length === 0) {
      return { resealed, unreadable: unreadable.size, isDone: found.length < roundMax };
    }
    for (let at = 0; at < keys.length; at += atOnce) {
      const some = keys.slice(at, at + atOnce);
      // All of them end before a failure of one is told: nothing is written after this has ended.
      const results = await Promise.allSettled(some.map((key) => reseal(world, key, before)));
      for (const [index, result] of results.entries()) {
        if (result.status === 'rejected') throw result.reason;
        if (result.value === 'resealed') resealed++;
        if (result.value === 'unreadable') unreadable.add(some[index] ?? '');
      }
    }
  }
}

/** `gone`: meanwhile removed, or sealed anew by others. */
function reseal(
  { store, vault, clock, log }: RotationWorld,
  key: string,
  before: Instant,
): Promise<'resealed' | 'unreadable' | 'gone'> {
  return untilCommitted(async () => {
    const doc = await store.get(connections, key);
    const { grant, sealedAt, confirmation } = doc?.value ?? {};
    if (!doc || sealedAt === undefined || sealedAt >= before) return 'gone';
    try {
      const value: ConnectionDoc = {
        ...doc.value,
        ...(grant && { grant: await vault.seal(key, await vault.open(key, grant)) }),
        ...(confirmation && {
          confirmation: {
            ...confirmation,
            state: await vault.seal(key, await vault.open(key, confirmation.state)),
          },
        }),
        sealedAt: clock.now(),
      };
      await store.commit([write(connections, key, value, { version: doc.version })]);
      return 'resealed';
    } catch (error) {
      if (!(error instanceof VaultUnreadable)) throw error;
      log.secretUnreadable(key);
      return 'unreadable';
    }
  });
}
