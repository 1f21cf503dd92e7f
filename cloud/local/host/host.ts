import { Hono } from 'hono';
import { createScriptCalls } from './apps-script/script-calls.ts';
import type { SheetsAccess } from './book-link.ts';
import { createBookRoutes } from './book-routes.ts';
import { createMailRoutes, type Mails } from './mail-routes.ts';
import { createPageFiles } from './page-files.ts';
import { createScriptRoutes } from './script-routes.ts';
import { requireSession } from './session.ts';

export interface HostOptions {
  /** Folder that buildAddon has written: code.js and sidebar.html. */
  readonly addonDir: string;
  /** Folder that buildPage has written. */
  readonly pageDir: string;
  readonly sheets: SheetsAccess;
  readonly spreadsheetId: string;
  readonly mails: Mails;
  /** Where the add-on calls the cloud: its script property `cloudUrl`. */
  readonly cloudUrl: string;
  /** By which the page proves itself here, and the add-on in the cloud. At least 120 random bits. */
  readonly sessionToken: string;
}

export interface Host {
  /** For listen(), which checks the Host header. */
  readonly app: Hono;
  /** Ends the calls and the streams that are under way. */
  close(): Promise<void>;
}

/**
 * The book's page on one machine: the grid, the sidebar, and the add-on's functions that both call. It is opened at
 * `<url>/#<sessionToken>` once; the page keeps the token for its own origin, so that `<url>/` does from then on.
 */
export function createHost(options: HostOptions): Host {
  const { addonDir, pageDir, sheets, spreadsheetId, mails, cloudUrl, sessionToken } = options;
  const scripts = createScriptCalls({
    addonDir,
    sheetsUrl: sheets.url,
    sheetsToken: sheets.token,
    spreadsheetId,
    identityToken: sessionToken,
    scriptProperties: { cloudUrl },
  });
  const closing = new AbortController();
  const { calls, sidebars } = createScriptRoutes(scripts, pageDir, cloudUrl);
  const isOwnPage = requireSession(sessionToken);
  const app = new Hono()
    .use('/book/*', isOwnPage)
    .use('/script/*', isOwnPage)
    .use('/mails/list', isOwnPage)
    .route('/', createPageFiles(pageDir))
    .route('/book', createBookRoutes(sheets, spreadsheetId, closing.signal))
    .route('/mails', createMailRoutes(mails))
    .route('/script', calls)
    .route('/sidebar', sidebars);
  return {
    app,
    close: async () => {
      closing.abort();
      await scripts.close();
    },
  };
}
