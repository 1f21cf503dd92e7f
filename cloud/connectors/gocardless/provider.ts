import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { createGoCardless } from './connector.ts';

export const goCardless = defineProvider({
  id: 'gocardless',
  name: 'GoCardless Bank Account Data',
  covers: 'banks of the EU, the EEA and the UK, for who has keys already: it gives no new ones',
  settings: z.object({
    BOOKFEED_GOCARDLESS_SECRET_ID: z.string().min(1),
    BOOKFEED_GOCARDLESS_SECRET_KEY: z.string().min(1),
    /** In the place of GoCardless's own address. */
    BOOKFEED_GOCARDLESS_URL: z.url({ protocol: /^https?$/ }).optional(),
  }),
  create: (settings, { fetch, clock }) => {
    const { BOOKFEED_GOCARDLESS_URL: baseUrl } = settings;
    return createGoCardless({
      fetch,
      clock,
      secretId: settings.BOOKFEED_GOCARDLESS_SECRET_ID,
      secretKey: settings.BOOKFEED_GOCARDLESS_SECRET_KEY,
      ...(baseUrl && { baseUrl }),
    });
  },
});
