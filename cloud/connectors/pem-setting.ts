import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

// Certificates and keys as settings: a PEM text, or the path of a file that holds one. No message quotes either.

/** One or several certificates; the first is the one that is meant. */
export const pemCertificate = pemOf((text) => new X509Certificate(text), 'certificate');

/** A private key without a passphrase. */
export const pemKey = pemOf((text) => createPrivateKey(text), 'private key');

/** A certificate with its own key. */
export const pemPair = z
  .object({ certificate: pemCertificate, key: pemKey })
  .refine(
    ({ certificate, key }) =>
      new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)),
    'the key is not the one of the certificate',
  );

function pemOf(check: (text: string) => unknown, what: string) {
  return z.string().transform((given, context) => {
    try {
      const text = given.includes('-----BEGIN') ? given : readFileSync(given, 'utf8');
      check(text);
      return text;
    } catch {
      context.addIssue(`is no ${what} in PEM, nor the path of one`);
      return z.NEVER;
    }
  });
}
