import { type Store, StoreRefusal, StoreUnavailable } from '../../ports/store.ts';
import { GoogleError, invalid } from './google-error.ts';
import type { Spreadsheet } from './spreadsheet.ts';
import { deleteSpreadsheet, loadSpreadsheet, storeSpreadsheet } from './stored-spreadsheet.ts';

/** Spreadsheets in the store, with those in use in memory. */
export interface KeptSpreadsheets {
  /** @throws GoogleError 404 */
  read(id: string): Promise<Spreadsheet>;
  /** Returns once it is kept. */
  create(spreadsheet: Spreadsheet): Promise<Spreadsheet>;
  /**
   * Changes of one spreadsheet happen one after the other; each is kept, wholly or not at all, before this returns.
   * When `change` throws, or the store does, everything is as before.
   */
  change<T>(
    id: string,
    change: (before: Spreadsheet) => { readonly spreadsheet: Spreadsheet; readonly answer: T },
  ): Promise<{ readonly before: Spreadsheet; readonly after: Spreadsheet; readonly answer: T }>;
  remove(id: string): Promise<void>;
}

export function createKeptSpreadsheets(store: Store): KeptSpreadsheets {
  const held = new Map<string, ReturnType<typeof loadSpreadsheet>>();
  const queues = new Map<string, Promise<unknown>>();

  const hold = (id: string) => {
    const known = held.get(id);
    if (known) return known;
    const loading = loadSpreadsheet(store, id).catch((error: unknown) => {
      held.delete(id);
      throw asGoogleError(error);
    });
    held.set(id, loading);
    return loading;
  };

  const oneByOne = <T>(id: string, run: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(id) ?? Promise.resolve()).then(run, run);
    queues.set(id, turn);
    const leave = () => {
      if (queues.get(id) === turn) queues.delete(id);
    };
    turn.then(leave, leave);
    return turn;
  };

  const keep = async (
    before: Awaited<ReturnType<typeof hold>> | null,
    after: Spreadsheet,
  ): Promise<Spreadsheet> => {
    if (before?.spreadsheet === after) return after;
    try {
      const kept = await storeSpreadsheet(store, before, after);
      held.set(after.id, Promise.resolve(kept));
      return kept.spreadsheet;
    } catch (error) {
      // Whether it was written is not known: the next call looks.
      held.delete(after.id);
      throw asGoogleError(error);
    }
  };

  return {
    read: async (id) => (await hold(id)).spreadsheet,
    create: (spreadsheet) => oneByOne(spreadsheet.id, () => keep(null, spreadsheet)),
    change: (id, change) =>
      oneByOne(id, async () => {
        const before = await hold(id);
        const { spreadsheet, answer } = change(before.spreadsheet);
        const after = await keep(before, spreadsheet);
        return { before: before.spreadsheet, after, answer };
      }),
    remove: (id) =>
      oneByOne(id, async () => {
        const { spreadsheet } = await hold(id);
        held.delete(id);
        await deleteSpreadsheet(store, spreadsheet);
      }),
  };
}

/** What the store says, as the API would; what is a defect stays what it is. */
function asGoogleError(error: unknown): unknown {
  if (error instanceof StoreRefusal) return invalid('This is more than this server can hold.');
  if (error instanceof StoreUnavailable) {
    return new GoogleError('UNAVAILABLE', 'The service is currently unavailable.');
  }
  return error;
}
