import { randomFillSync } from 'node:crypto';
import type { Clock, Ids } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

const letters = 26;
/** A long file needs hundreds of thousands of ids: the bytes of many are fetched at once, each used once. */
const pool = Buffer.alloc(letters * 512);
let used = pool.length;

/** 26 letters of base 32: 130 random bits. */
export const randomIds: Ids = {
  next: (prefix) => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    let id = prefix;
    for (const end = used + letters; used < end; used++) id += alphabet[(pool[used] ?? 0) & 31];
    return id;
  },
};
