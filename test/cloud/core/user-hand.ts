import { entryDay } from '../../../cloud/core/entry-day.ts';
import type { Cell } from '../../../cloud/ports/sheet.ts';
import type { Entry } from '../../../shared/bank.ts';
import type { TransactionColumn } from '../../../shared/book.ts';
import { toSerial } from '../../../shared/calendar-date.ts';
import { formatAmount } from '../../../shared/money.ts';
import type { MemoryRow, MemoryState } from './memory-sheet.ts';

export type KeptEntry = Entry & { readonly path: string };
type Row = MemoryRow<TransactionColumn>;

const text = (it: string): Cell => ({ kind: 'text', text: it });
const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text : '');
const columns = {
  note: 'notes',
  'counter-account': 'counterAccount',
  describe: 'description',
} as const;
export type HandAct = keyof typeof columns | 'post' | 'delete' | 'copy' | 'sort' | 'own row';

/** Whether the bank's word on an entry is not final yet, or has not come to its row. */
function isToChange({ date, amount }: Row, entry: KeptEntry): boolean {
  const isShown =
    date?.kind === 'number' &&
    date.number === toSerial(entryDay(entry)) &&
    amount?.kind === 'number' &&
    amount.number === Number(formatAmount(entry.amount));
  return entry.status === 'pending' || !isShown;
}

/** A user's hand in the rows, and what must be left of it. */
export function createUserHand(state: MemoryState) {
  let number = 0;
  let ownRows = 0;
  const deleted = new Set<string>();
  /** Rows that may stand although their entry is gone or undone: posted ones, and copies. */
  const mayStay = new Set<string>();
  const postedPending = new Set<string>();
  const copied = new Set<string>();
  const written = new Map<string, Map<TransactionColumn, string>>();
  const rows = () => state.transactions ?? [];
  const idOf = (row: Row) => textOf(row.id);

  function change(act: HandAct, row: Row, entry: KeptEntry): void {
    const { id } = entry;
    switch (act) {
      case 'note':
      case 'counter-account':
      case 'describe': {
        const words = `${act} ${++number}`;
        row[columns[act]] = text(words);
        if (rows().filter((other) => idOf(other) === id).length > 1) return;
        const own = written.get(id) ?? new Map();
        written.set(id, own.set(columns[act], words));
        return;
      }
      case 'post':
        row.posted = { kind: 'check', checked: true };
        mayStay.add(id);
        if (isToChange(row, entry)) postedPending.add(id);
        return;
      case 'delete': {
        rows().splice(rows().indexOf(row), 1);
        if (!rows().some((other) => idOf(other) === id)) deleted.add(id);
        written.delete(id);
        return;
      }
      case 'copy':
        if (isToChange(row, entry)) return;
        rows().splice(rows().indexOf(row), 0, { ...row });
        copied.add(id);
        mayStay.add(id);
        written.delete(id);
    }
  }

  return {
    deleted,
    mayStay,
    postedPending,
    copied,
    written,
    rows,
    ownRows: () => ownRows,
    rowIds: () => rows().map(idOf),
    /** Does what it can with one of the rows; rows whose entry is about to go are left alone. */
    act(act: HandAct, at: number, kept: readonly KeptEntry[]): void {
      if (!state.transactions) return;
      if (act === 'own row') {
        ownRows += 1;
        const amount = { kind: 'number', number: -77_000 - at } as const;
        rows().splice(at % (rows().length + 1), 0, { amount, account: text('Assets:Cash') });
        return;
      }
      if (act === 'sort') {
        rows().sort((a, b) => textOf(a.description).localeCompare(textOf(b.description)));
        if (at % 2 === 0) rows().reverse();
        return;
      }
      const byId = new Map(kept.map((entry) => [entry.id, entry]));
      const candidates = rows().flatMap((row) => {
        const entry = byId.get(idOf(row));
        return entry && !entry.undone ? [{ row, entry }] : [];
      });
      const chosen = candidates[at % Math.max(candidates.length, 1)];
      if (chosen) change(act, chosen.row, chosen.entry);
    },
    /** Looks at what is kept after a step: the rows of what is undone or gone go, with what was written into them. */
    notice(kept: readonly KeptEntry[]): void {
      const shown = new Set(kept.filter(({ undone }) => !undone).map(({ id }) => id));
      for (const id of written.keys()) {
        if (!shown.has(id) && !isPosted(id)) written.delete(id);
      }
    },
  };

  function isPosted(id: string): boolean {
    return rows().some(
      (row) => idOf(row) === id && row.posted?.kind === 'check' && row.posted.checked,
    );
  }
}
