import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 letters of base 32: 130 random bits. */
export const randomIds: Ids = {
  next: (prefix) => prefix + Array.from(randomBytes(26), (byte) => alphabet[byte & 31]).join(''),
};
