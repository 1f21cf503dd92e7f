import { z } from 'zod';

// What Plaid takes, by its OpenAPI description of 2020-09-14: a field that it does not know is an error with it, too.

const countries = z.array(z.string().length(2)).min(1);
const accessToken = z.string().startsWith('access-sandbox-');

export const linkTokenCreate = z
  .strictObject({
    client_name: z.string().min(1).max(30),
    language: z.enum(['en', 'fr', 'es']),
    country_codes: countries,
    user: z.strictObject({ client_user_id: z.string().min(1) }),
    products: z.array(z.literal('transactions')).min(1).optional(),
    webhook: z.url().optional(),
    access_token: accessToken.optional(),
    transactions: z.strictObject({ days_requested: z.int().min(1).max(730) }).optional(),
    institution_data: z.strictObject({ routing_number: z.string() }).optional(),
    hosted_link: z.strictObject({
      completion_redirect_uri: z.url().optional(),
      url_lifetime_seconds: z.int().positive().optional(),
    }),
  })
  // In update mode products are left out, and else there is one at least.
  .refine(
    ({ access_token, products }) => (access_token === undefined) === (products !== undefined),
  );

export const linkTokenGet = z.strictObject({ link_token: z.string().startsWith('link-sandbox-') });
export const exchange = z.strictObject({ public_token: z.string().startsWith('public-sandbox-') });
export const ofItem = z.strictObject({ access_token: accessToken });

export const transactionsSync = z.strictObject({
  access_token: accessToken,
  cursor: z.string().max(256).optional(),
  count: z.int().min(1).max(500).optional(),
  options: z
    .strictObject({
      include_original_description: z.boolean().nullish(),
      days_requested: z.int().min(1).max(730).optional(),
    })
    .optional(),
});

export const institutionsGet = z.strictObject({
  count: z.int().min(1).max(500),
  offset: z.int().min(0),
  country_codes: countries,
  options: z
    .strictObject({
      products: z.array(z.literal('transactions')).nullish(),
      include_optional_metadata: z.boolean().optional(),
    })
    .optional(),
});

export const keyGet = z.strictObject({ key_id: z.string().min(1) });
