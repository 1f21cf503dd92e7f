import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, 'fixtures/test-certificates');

/** The path of a made-up certificate or key. */
export function testCertificatePath(file: string): string {
  return resolve(folder, file);
}

/** The PEM of a made-up certificate or key. */
export function testCertificate(file: string): string {
  return readFileSync(testCertificatePath(file), 'utf8');
}

/** A certificate with its key. */
export function testIdentity(name: 'client' | 'server' | 'stranger') {
  return { certificate: testCertificate(`${name}.pem`), key: testCertificate(`${name}-key.pem`) };
}
