import type { BankConnector, UnsetProvider } from '../ports/bank-connector.ts';
import type { Callers } from '../ports/callers.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Sheet } from '../ports/sheet.ts';
import type { ReadStatementFile } from '../ports/statement-files.ts';
import type { Store } from '../ports/store.ts';
import type { Tasks } from '../ports/tasks.ts';
import type { Vault } from '../ports/vault.ts';
import type { Log } from './log.ts';

/** All that the core needs of the world; compose.ts of each world puts it together, nothing else differs. */
export interface World {
  readonly store: Store;
  readonly sheet: Sheet;
  readonly tasks: Tasks;
  readonly vault: Vault;
  readonly mailer: Mailer;
  readonly callers: Callers;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly readStatementFile: ReadStatementFile;
  /** By id. */
  readonly connectors: ReadonlyMap<string, BankConnector>;
  /** Whose banks could be connected too, once whoever runs this Bookfeed has set them up. */
  readonly unsetProviders: readonly UnsetProvider[];
  /** Where browsers reach the connect page, without a slash at the end. */
  readonly publicUrl: string;
  /** Where a browser opens a book. */
  readonly bookUrl: (bookId: string) => string;
  /** Whom users share their sheet with; null where the sheet is writable anyway. */
  readonly serviceAccount: string | null;
}
