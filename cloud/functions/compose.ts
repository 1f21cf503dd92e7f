import { getApps, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { getFunctions } from 'firebase-admin/functions';
import { write as writeLog } from 'firebase-functions/logger';
import { GoogleAuth, OAuth2Client, PassThroughClient } from 'google-auth-library';
import { createCloudTasks } from '../adapters/cloud-tasks.ts';
import { createFirestoreStore } from '../adapters/firestore-store.ts';
import { createGoogleCallers } from '../adapters/google-callers.ts';
import { createGoogleKms } from '../adapters/google-kms.ts';
import { createGoogleSheets } from '../adapters/google-sheets.ts';
import { createSmtp } from '../adapters/smtp.ts';
import { randomIds, systemClock } from '../adapters/system-clock.ts';
import { createVault } from '../adapters/vault.ts';
import { createConnectors } from '../connectors/providers.ts';
import { connections } from '../core/documents.ts';
import { createLog } from '../core/log.ts';
import type { World } from '../core/world.ts';
import { readStatementFile } from '../statements/read-statement-file.ts';
import type { Settings } from './settings.ts';

/** Bookfeed's world on Firebase: all wiring is here. @throws ProviderSettingsError */
export function composeCloud(
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): World {
  if (getApps().length === 0) initializeApp();
  const store = createFirestoreStore(getFirestore());
  const { connectors, unset } = createConnectors(environment, {
    fetch,
    clock: systemClock,
    launch,
    readStatementFile,
    launchPuppeteer,
  });
  return {
    store,
    sheet: createGoogleSheets(sheetsAccess(settings)),
    tasks: createCloudTasks({
      functions: getFunctions(),
      wayInOf: async (id) => (await store.get(connections, id))?.value.wayIn,
    }),
    vault: createVault({ wrapping: createGoogleKms(kmsAccess(settings)) }),
    mailer: createSmtp({ url: settings.BOOKFEED_SMTP_URL, from: settings.BOOKFEED_MAIL_FROM }),
    callers: createGoogleCallers({
      audiences: settings.BOOKFEED_AUDIENCES,
      ...(settings.BOOKFEED_CERTIFICATES_URL && {
        certificatesUrl: settings.BOOKFEED_CERTIFICATES_URL,
      }),
    }),
    readStatementFile,
    clock: systemClock,
    ids: randomIds,
    log: createLog(({ severity, event, ...fields }) =>
      writeLog({ severity, message: event, ...fields }),
    ),
    connectors: new Map(connectors.map((connector) => [connector.id, connector])),
    unsetProviders: unset,
    publicUrl: settings.BOOKFEED_PUBLIC_URL,
    bookUrl: (bookId) => `https://docs.google.com/spreadsheets/d/${bookId}/edit`,
    serviceAccount: settings.BOOKFEED_SERVICE_ACCOUNT,
  };
}

async function launch() {
  const { launchChromium } = await import('../adapters/launch-chromium.ts');
  return launchChromium();
}

async function launchPuppeteer() {
  const adapter = await import('../adapters/launch-puppeteer.ts');
  return adapter.launchPuppeteer();
}

function kmsAccess({ BOOKFEED_KMS_KEY: key, BOOKFEED_KMS_ROOT_URL: rootUrl }: Settings) {
  if (rootUrl) return { auth: new PassThroughClient(), key, rootUrl };
  const scopes = ['https://www.googleapis.com/auth/cloudkms'];
  return { auth: new GoogleAuth({ scopes }), key };
}

function sheetsAccess({
  BOOKFEED_SHEETS_ROOT_URL: rootUrl,
  BOOKFEED_SHEETS_TOKEN: token,
}: Settings) {
  if (!rootUrl) {
    const scopes = ['https://www.googleapis.com/auth/spreadsheets'];
    return { auth: new GoogleAuth({ scopes }) };
  }
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: token ?? '' });
  return { auth, rootUrl };
}
