import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { companies, connectorId, slugOf } from './companies.ts';
import { createIsrael } from './connector.ts';

const slugs = companies.map(slugOf);

/** As `isracard, one-zero`. */
const chosen = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string()).min(1))
  .refine((names) => names.every((name) => slugs.includes(name)), {
    message: `is a list of some of: ${slugs.join(', ')}`,
  });

export const israel = defineProvider({
  id: connectorId,
  name: 'israeli-bank-scrapers',
  covers: 'banks and card companies in Israel, by your own login to their websites',
  settings: z.object({
    /** Those that are offered, where not all are. */
    BOOKFEED_ISRAEL_COMPANIES: chosen.optional(),
  }),
  create: ({ BOOKFEED_ISRAEL_COMPANIES: offers }, { clock, fetch, launchPuppeteer }) =>
    createIsrael({ clock, fetch, launch: launchPuppeteer, ...(offers && { offers }) }),
});
