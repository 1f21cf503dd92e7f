import { PlaidRefusal } from './plaid-error.ts';
import type { PlaidTransactionSent } from './to-plaid.ts';

/** The pages of /transactions/sync: a reading shows what there was at its first page. */
export function createSyncs(pageMax: number) {
  const readings = new Map<string, readonly PlaidTransactionSent[]>();
  let count = 0;
  /** What a test arranges. */
  const arranged = {
    /** Told one after another, the last one from then on. */
    statuses: ['HISTORICAL_UPDATE_COMPLETE'],
    /** So many second pages find that the entries have changed. */
    changes: 0,
    /** Changes the lines before they are told. */
    edit: (all: readonly PlaidTransactionSent[]) => all,
    /** The first line comes with another amount, and is put right at the end, with a line that is taken back. */
    isRestless: false,
    calls: 0,
  };

  function shown(all: readonly PlaidTransactionSent[]): readonly PlaidTransactionSent[] {
    const [first] = all;
    if (!arranged.isRestless || !first) return all;
    const ghost = { ...first, transaction_id: 'ghost', original_description: 'TAKEN BACK' };
    return [{ ...first, amount: 999 }, ghost, ...all.slice(1)];
  }

  return {
    arranged,

    async page(
      cursor: string,
      asked: number,
      read: () => Promise<readonly PlaidTransactionSent[]>,
    ): Promise<object> {
      arranged.calls += 1;
      const [key = '', start = '0'] = cursor ? cursor.split('.') : [`cursor${++count}`];
      if (cursor && arranged.changes > 0) {
        arranged.changes -= 1;
        throw new PlaidRefusal(
          'TRANSACTIONS_ERROR',
          'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
        );
      }
      const status = arranged.statuses[0];
      if (arranged.statuses.length > 1) arranged.statuses.shift();
      const isReady = status !== 'NOT_READY';
      const all = readings.get(key) ?? (isReady ? arranged.edit(await read()) : []);
      readings.set(key, all);
      const at = Number(start);
      const end = at + Math.min(asked, pageMax);
      const told = shown(all);
      const has_more = end < told.length;
      const isEnd = arranged.isRestless && !has_more;
      return {
        transactions_update_status: status,
        accounts: [],
        added: told.slice(at, end),
        modified: isEnd ? all.slice(0, 1) : [],
        removed: isEnd
          ? all.slice(0, 1).map(({ account_id }) => ({ account_id, transaction_id: 'ghost' }))
          : [],
        next_cursor: isReady ? `${key}.${end}` : '',
        has_more,
      };
    },
  };
}
