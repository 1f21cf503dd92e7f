import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addMs } from '../../shared/calendar-date.ts';
import { openKeyFile } from '../adapters/key-file.ts';
import { openSqliteStore } from '../adapters/sqlite-store.ts';
import { randomIds, systemClock } from '../adapters/system-clock.ts';
import { createVault } from '../adapters/vault.ts';
import { createLog } from '../core/log.ts';
import { type Rotation, rotateSecrets } from '../core/rotate-secrets.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreConflict, StoreUnavailable } from '../ports/store.ts';
import { VaultUnavailable } from '../ports/vault.ts';
import { keyFileOf } from './key-file-of.ts';

const usage = `Usage: npm run rotate-secrets -- [--folder DIR | --project ID]
  --folder   of Bookfeed on this machine, .bookfeed unless told: a new key is made, and all secrets are sealed by it
  --project  on Firebase, after you have rotated the key in Cloud KMS: all secrets are sealed by its new version.
             The key is BOOKFEED_KMS_KEY, of the environment or of .env.ID here; as whom, gcloud auth application-default says.`;

/** Its lines hold ids alone. */
const log = createLog((line) => process.stderr.write(`${JSON.stringify(line)}\n`));

/**
 * Adds a key to the folder's key file and seals every secret by it. First by the newest that is there, which does nothing
 * unless a rotation was broken off: the file keeps one older key, so none that is still needed may become the third.
 * @throws StoreUnavailable, also while Bookfeed runs in this folder; VaultUnavailable, StoreConflict
 */
export async function rotateFolder(folder: string, clock: Clock = systemClock): Promise<Rotation> {
  const path = join(folder, 'bookfeed.sqlite');
  if (!existsSync(path)) {
    throw new StoreUnavailable(`${folder} holds no Bookfeed. Name its folder: --folder DIR`);
  }
  const store = openSqliteStore(path);
  try {
    const keys = openKeyFile({ path: keyFileOf(folder), clock, ids: randomIds });
    const world = { store, vault: createVault(keys), clock, log };
    const left = await rotateSecrets(world, addMs(keys.newestAt(), 1));
    if (!left.isDone) return left;
    keys.addKey();
    return await rotateSecrets(world, addMs(keys.newestAt(), 1));
  } finally {
    await store.close();
  }
}

/** Seals every secret of a Firebase project by the primary version of its key. */
async function rotateProject(projectId: string): Promise<Rotation> {
  const settings = `.env.${projectId}`;
  if (existsSync(settings)) process.loadEnvFile(settings);
  const key = process.env['BOOKFEED_KMS_KEY'];
  if (!key)
    throw new VaultUnavailable(`Neither the environment nor ${settings} has BOOKFEED_KMS_KEY.`);
  const { applicationDefault, deleteApp, initializeApp } = await import('firebase-admin/app');
  const { getFirestore } = await import('firebase-admin/firestore');
  const { GoogleAuth } = await import('google-auth-library');
  const { createFirestoreStore } = await import('../adapters/firestore-store.ts');
  const { createGoogleKms } = await import('../adapters/google-kms.ts');
  const app = initializeApp({ credential: applicationDefault(), projectId });
  const auth = new GoogleAuth({ scopes: ['https://www.googleapis.com/auth/cloudkms'] });
  const store = createFirestoreStore(getFirestore(app));
  try {
    const vault = createVault({ wrapping: createGoogleKms({ auth, key }) });
    return await rotateSecrets({ store, vault, clock: systemClock, log });
  } finally {
    await store.close();
    await deleteApp(app);
  }
}

/** The one line for the user, and whether all is well. */
function tell({ resealed, unreadable, isDone }: Rotation): void {
  const lost =
    unreadable > 0 ? ` ${unreadable} could not be opened: their users have to renew.` : '';
  const rest = isDone ? '' : ' The rest was not reached: is this the right key?';
  process.stdout.write(`Sealed anew: the secrets of ${resealed} connections.${lost}${rest}\n`);
  process.exitCode = isDone && unreadable === 0 ? 0 : 1;
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        folder: { type: 'string' },
        project: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.folder && values.project) return fail(`Either --folder or --project.\n${usage}`);
    return values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

async function main(): Promise<void> {
  const { folder = '.bookfeed', project, help } = readArguments();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    tell(project ? await rotateProject(project) : await rotateFolder(resolve(folder)));
  } catch (error) {
    const told = [StoreUnavailable, VaultUnavailable];
    if (told.some((kind) => error instanceof kind)) fail((error as Error).message);
    if (error instanceof StoreConflict) fail('Others write the same connections. Run it again.');
    throw error;
  }
}

if (import.meta.main) await main();
