import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { createPlaid } from './connector.ts';

export const plaid = defineProvider({
  id: 'plaid',
  name: 'Plaid',
  covers: 'banks in the US and Canada (elsewhere by contract), for holders of keys of Plaid',
  settings: z.object({
    BOOKFEED_PLAID_CLIENT_ID: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is no client id'),
    BOOKFEED_PLAID_SECRET: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is no secret'),
    /** Which of Plaid's environments the secret is for. */
    BOOKFEED_PLAID_ENVIRONMENT: z
      .enum(['sandbox', 'production'], 'is neither sandbox nor production')
      .default('production'),
    /** Countries that Plaid has approved for these keys, with commas between them. */
    BOOKFEED_PLAID_COUNTRIES: z
      .string()
      .regex(/^[A-Z]{2}(,[A-Z]{2})*$/, 'is no list of countries as US,CA')
      .default('US,CA'),
    /** In the place of Plaid's own address. */
    BOOKFEED_PLAID_URL: z.url('is no address').optional(),
  }),
  create: (
    {
      BOOKFEED_PLAID_CLIENT_ID: clientId,
      BOOKFEED_PLAID_SECRET: secret,
      BOOKFEED_PLAID_ENVIRONMENT: environment,
      BOOKFEED_PLAID_COUNTRIES: countries,
      BOOKFEED_PLAID_URL: url = `https://${environment}.plaid.com`,
    },
    { fetch, clock, sleep },
  ) =>
    createPlaid({
      fetch,
      clock,
      ...(sleep && { sleep }),
      keys: { clientId, secret },
      url: url.replace(/\/+$/, ''),
      countries: countries.split(','),
    }),
});
