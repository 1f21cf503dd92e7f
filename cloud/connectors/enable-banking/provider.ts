import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { createEnableBanking } from './connector.ts';

/** PEM (PKCS#8 or PKCS#1), its line breaks as they are or written \n; or Base64 of that. */
const rsaKey = z.string().transform((text, context): KeyObject => {
  const written = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
  try {
    const key = createPrivateKey(written.replaceAll('\\n', '\n').trim());
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below, for the error's own words may quote the key.
  }
  context.addIssue('is no private RSA key in PEM, nor Base64 of one');
  return z.NEVER;
});

export const enableBanking = defineProvider({
  id: 'enable-banking',
  name: 'Enable Banking',
  covers: 'banks of the EU and EEA, with a free application of your own',
  settings: z.object({
    /** The application's id. */
    BOOKFEED_ENABLE_BANKING_APPLICATION: z.uuid(),
    BOOKFEED_ENABLE_BANKING_KEY: rsaKey,
    /** As it is registered; absent: our own address, which has to be https then. */
    BOOKFEED_ENABLE_BANKING_REDIRECT_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** In the place of Enable Banking's own address. */
    BOOKFEED_ENABLE_BANKING_URL: z.url({ protocol: /^https?$/ }).optional(),
  }),
  create: (settings, { fetch, clock }) => {
    const {
      BOOKFEED_ENABLE_BANKING_URL: baseUrl,
      BOOKFEED_ENABLE_BANKING_REDIRECT_URL: redirectUrl,
    } = settings;
    return createEnableBanking({
      fetch,
      clock,
      application: settings.BOOKFEED_ENABLE_BANKING_APPLICATION,
      key: settings.BOOKFEED_ENABLE_BANKING_KEY,
      ...(baseUrl && { baseUrl }),
      ...(redirectUrl && { redirectUrl }),
    });
  },
});
