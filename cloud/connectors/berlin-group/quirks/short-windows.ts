import type { Quirk } from './quirk.ts';

/**
 * A bank that gives two weeks of entries at a time, and refuses a longer period. Told of: Intesa Sanpaolo (Yapily's notes on
 * banks, 2026). What is asked from 2026-01-01 on is then asked in parts: 01-01 to 01-14, 01-15 to 01-28 … Without the
 * rule such a bank gives no history. Other banks have other limits: their setting `windowDays`.
 */
export const shortWindows: Quirk = { bankCodes: ['BCIT'], windowDays: 14 };
