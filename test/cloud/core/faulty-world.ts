import type { World } from '../../../cloud/core/world.ts';
import { StoreUnavailable } from '../../../cloud/ports/store.ts';
import { FailureError } from '../../../shared/failures.ts';

export const faultEffects = ['refused', 'answer-lost', 'death-before', 'death-after'] as const;
export type FaultEffect = (typeof faultEffects)[number];

/** Thrown by every port of a world whose process has died. */
export class Dead extends Error {
  override readonly name = 'Dead';
}

/**
 * The same world, whose `at`-th call (from 1) to store, sheet or tasks goes wrong. After a death none of its calls does
 * anything any more: what it was doing is abandoned, as in a process that is gone.
 */
export function faultyWorld(world: World, at: number, effect: FaultEffect) {
  const told = { calls: 0, name: '', isDead: false };

  function spoil<A extends unknown[], R>(
    name: string,
    refusal: () => Error,
    call: (...args: A) => Promise<R>,
  ): (...args: A) => Promise<R> {
    return async (...args) => {
      if (told.isDead) throw new Dead();
      told.calls += 1;
      if (told.calls !== at) return call(...args);
      told.name = name;
      if (effect === 'refused') throw refusal();
      if (effect === 'death-before') {
        told.isDead = true;
        throw new Dead();
      }
      const answer = await call(...args);
      if (effect === 'answer-lost') throw refusal();
      told.isDead = true;
      void answer;
      throw new Dead();
    };
  }

  const noStore = () => new StoreUnavailable('no answer');
  const noSheet = () => new FailureError('sheet-unavailable', 'no answer');
  const { store, sheet, tasks } = world;
  const faulty: World = {
    ...world,
    store: {
      get: spoil('store.get', noStore, store.get.bind(store)) as typeof store.get,
      getMany: spoil('store.getMany', noStore, store.getMany.bind(store)) as typeof store.getMany,
      find: spoil('store.find', noStore, store.find.bind(store)) as typeof store.find,
      commit: spoil('store.commit', noStore, store.commit.bind(store)),
      close: store.close.bind(store),
    },
    sheet: {
      readBook: spoil('sheet.readBook', noSheet, sheet.readBook.bind(sheet)),
      writeBook: spoil('sheet.writeBook', noSheet, sheet.writeBook.bind(sheet)),
      spellChanges: sheet.spellChanges.bind(sheet),
      hasProof: sheet.hasProof.bind(sheet),
    },
    tasks: {
      enqueue: spoil('tasks.enqueue', () => new Error('no answer'), tasks.enqueue.bind(tasks)),
    },
  };
  return { world: faulty, told };
}
