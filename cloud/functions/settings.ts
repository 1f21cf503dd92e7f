import { z } from 'zod';

const settings = z.object({
  /** Where browsers reach this Bookfeed, as https://bookfeed.example.org */
  BOOKFEED_PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  /** OAuth client ids of the Apps Script project, between commas: whose ID tokens count. */
  BOOKFEED_AUDIENCES: z
    .string()
    .min(1)
    .transform((ids) => ids.split(',').map((id) => id.trim())),
  /** The address with which users share their sheet. */
  BOOKFEED_SERVICE_ACCOUNT: z.string().min(1),
  /** The key of Cloud KMS that wraps the keys of secrets; the functions' service account may encrypt and decrypt by it. */
  BOOKFEED_KMS_KEY: z
    .string()
    .regex(
      /^projects\/[^/:]+\/locations\/[^/:]+\/keyRings\/[^/:]+\/cryptoKeys\/[^/:]+$/,
      'is no projects/…/locations/…/keyRings/…/cryptoKeys/…',
    ),
  /** Where mails are handed over: smtps://USER:PASSWORD@HOST, or smtp:// with STARTTLS. */
  BOOKFEED_SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  /** Their sender: bookfeed@example.org, or Bookfeed <bookfeed@example.org> */
  BOOKFEED_MAIL_FROM: z.string().regex(/[^\s<>@]@[^\s<>@]/, 'names no mail address'),
  /** Another Sheets-compatible server in the place of Google's, with its token. */
  BOOKFEED_SHEETS_ROOT_URL: z.url().optional(),
  BOOKFEED_SHEETS_TOKEN: z.string().optional(),
  /** Another server of Cloud KMS's API in the place of Google's; it gets no token. */
  BOOKFEED_KMS_ROOT_URL: z
    .url()
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  /** Other certificates than Google's for ID tokens. */
  BOOKFEED_CERTIFICATES_URL: z.url().optional(),
});

export type Settings = z.output<typeof settings>;

/** Reads the settings of the functions but for those of banks (connectors/providers.ts). @throws Error that names each setting that is missing or wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = settings.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`Settings of the functions (see README): ${wrong.join('; ')}`);
}
