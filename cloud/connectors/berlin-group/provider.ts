import { z } from 'zod';
import { jsonText } from '../json-setting.ts';
import { pemCertificate, pemPair } from '../pem-setting.ts';
import { defineProvider } from '../provider.ts';
import { type BerlinGroupBank, credentialFieldsOf } from './bank.ts';
import { createBerlinGroup } from './connector.ts';
import { quirkNames } from './quirks/quirks.ts';

const bank = z
  .object({
    id: z.string().regex(/^berlin-group:[a-z0-9-]+$/),
    name: z.string().min(1),
    country: z.string().length(2),
    bic: z.string().optional(),
    city: z.string().optional(),
    historyDays: z.number().int().positive().default(90),
    consentDays: z.number().int().positive().max(180).default(180),
    /** What stands before /v1. */
    baseUrl: z
      .string()
      .refine(isSafe, 'is no https address')
      .transform((url) => url.replace(/\/$/, '')),
    /** With which the bank signs its notices to /hooks/berlin-group: `whsec_` and a key of 24 bytes or more in Base64. */
    notificationSecret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'is no whsec_… of 24 bytes or more')
      .optional(),
    approach: z.enum(['redirect', 'decoupled', 'embedded']).optional(),
    scope: z.enum(['chosen', 'all', 'named', 'listed']).optional(),
    asksPsuId: z.boolean().optional(),
    ownerName: z.boolean().optional(),
    oauth: z
      .object({ clientId: z.string().min(1), clientSecret: z.string().min(1).optional() })
      .optional(),
    signing: pemPair.optional(),
    tls: pemPair.and(z.object({ authority: pemCertificate.optional() })).optional(),
    windowDays: z.number().int().positive().optional(),
    quirks: z.array(z.enum(quirkNames)).optional(),
  })
  .refine(({ tls, baseUrl }) => !tls || baseUrl.startsWith('https:'), {
    path: ['tls'],
    message: 'needs a baseUrl with https',
  })
  .refine(({ approach, scope }) => approach !== 'embedded' || (scope !== 'listed' && scope), {
    path: ['scope'],
    message: 'of an embedded approach is all or named',
  });

/** Passwords and consents go there; to this machine itself they may go as they are. */
function isSafe(url: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {};
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost';
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

export const berlinGroup = defineProvider({
  id: 'berlin-group',
  name: 'NextGenPSD2',
  covers: 'single banks of the EU, for holders of a licence or a contract with the bank',
  settings: z.object({
    /** Banks that speak NextGenPSD2, as JSON. */
    BOOKFEED_BERLIN_GROUP_BANKS: jsonText.pipe(z.array(bank)),
  }),
  create: ({ BOOKFEED_BERLIN_GROUP_BANKS: banks }, { fetch, tlsFetch, clock }) =>
    createBerlinGroup({ fetch, clock, ...(tlsFetch && { tlsFetch }), banks: banks.map(toBank) }),
});

function toBank(settings: z.output<typeof bank>): BerlinGroupBank {
  const { id, name, country, bic, city, historyDays, consentDays, ...rest } = settings;
  const credentials = credentialFieldsOf(rest);
  return {
    ...rest,
    institution: {
      id,
      name,
      country,
      historyDays,
      consentDays,
      connector: 'berlin-group',
      wayIn: 'psd2',
      ...(bic && { bic }),
      ...(city && { city }),
      ...(credentials.length > 0 && { credentials }),
    },
  };
}
