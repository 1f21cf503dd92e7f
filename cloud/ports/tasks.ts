import type { SyncCause } from '../../shared/access.ts';
import type { Instant } from '../../shared/calendar-date.ts';
import type { UserPresence } from './bank-connector.ts';

/** Work that is done soon, at least once, by whoever takes it; what happens twice must end as once. */
export type Task =
  | {
      readonly kind: 'sync';
      readonly connectionId: string;
      readonly cause: SyncCause;
      /** Who has just asked for it, and until when that counts as being there. */
      readonly user?: PresentUser;
    }
  | { readonly kind: 'deliver'; readonly bookId: string }
  /** Takes a file that was sent into its book. */
  | { readonly kind: 'import'; readonly fileKey: string }
  | { readonly kind: 'mail'; readonly mailId: string };

/** A user at their browser, for the moments after what they asked for. */
export interface PresentUser extends UserPresence {
  readonly until: Instant;
}

export interface Tasks {
  /** Returns once the task is accepted, not once it is done. */
  enqueue(task: Task): Promise<void>;
}
