import { z } from 'zod';
import { jsonText } from '../json-setting.ts';
import { defineProvider } from '../provider.ts';
import { createBerlinGroup } from './connector.ts';

const bank = z.object({
  id: z.string().regex(/^berlin-group:[a-z0-9-]+$/),
  name: z.string().min(1),
  country: z.string().length(2),
  bic: z.string().optional(),
  city: z.string().optional(),
  historyDays: z.number().int().positive().default(90),
  consentDays: z.number().int().positive().max(180).default(180),
  baseUrl: z.url(),
  /** With which the bank signs its notices to /hooks/berlin-group: `whsec_` and a key of 24 bytes or more in Base64. */
  notificationSecret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'is no whsec_… of 24 bytes or more')
    .optional(),
});

export const berlinGroup = defineProvider({
  id: 'berlin-group',
  name: 'NextGenPSD2',
  covers: 'single banks of the EU, for holders of a licence or a contract with the bank',
  settings: z.object({
    /** Banks that speak NextGenPSD2, as JSON. */
    BOOKFEED_BERLIN_GROUP_BANKS: jsonText.pipe(z.array(bank)),
  }),
  create: ({ BOOKFEED_BERLIN_GROUP_BANKS: banks }, { fetch, clock }) =>
    createBerlinGroup({
      fetch,
      clock,
      banks: banks.map(({ baseUrl, notificationSecret, bic, city, ...listed }) => ({
        baseUrl,
        ...(notificationSecret && { notificationSecret }),
        institution: {
          ...listed,
          ...(bic && { bic }),
          ...(city && { city }),
          connector: 'berlin-group',
          wayIn: 'psd2' as const,
        },
      })),
    }),
});
