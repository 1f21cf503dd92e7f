import { z } from 'zod';
import { jsonText } from '../json-setting.ts';
import { defineProvider } from '../provider.ts';
import { bankLogins } from './bank-logins.ts';
import { createDirectAccess } from './connector.ts';

/** An instance that has just asked a bank is soon asked to do so again. */
const warmMs = 60_000;

const bank = z.object({
  id: z.string().regex(/^direct-access:[a-z0-9-]+$/),
  name: z.string().min(1),
  country: z.string().length(2),
  bic: z.string().optional(),
  city: z.string().optional(),
  historyDays: z.number().int().positive().default(90),
  /** Calls without the user in rolling 24 hours, where the bank tells. */
  unattendedPerDay: z.number().int().positive().optional(),
  baseUrl: z.url(),
  /** Which of the descriptions in cloud/connectors/direct-access/logins is its website's. */
  login: z.enum(Object.keys(bankLogins) as [keyof typeof bankLogins]),
});

export const directAccess = defineProvider({
  id: 'direct-access',
  name: 'Direct Access',
  covers: 'single banks whose website has a description in cloud/connectors/direct-access/logins',
  settings: z.object({
    /** Banks that are read through their websites with their users' own logins, as JSON. */
    BOOKFEED_DIRECT_ACCESS_BANKS: jsonText.pipe(z.array(bank)),
  }),
  create: ({ BOOKFEED_DIRECT_ACCESS_BANKS: banks }, { clock, launch }) =>
    createDirectAccess({
      clock,
      launch,
      warmMs,
      banks: banks.map(({ baseUrl, login, bic, city, unattendedPerDay, ...listed }) => ({
        baseUrl,
        login: bankLogins[login],
        institution: {
          ...listed,
          ...(bic && { bic }),
          ...(city && { city }),
          ...(unattendedPerDay !== undefined && { unattendedPerDay }),
          connector: 'direct-access',
          wayIn: 'login' as const,
        },
      })),
    }),
});
