import type { sheets_v4 } from '@googleapis/sheets';
import type { BookChange, ChangeResult } from '../page-api.ts';
import { HostRefused, HostUnreachable } from './host-client.ts';

/** What one action of the user changed, in the order in which it has to happen. */
export interface Edit {
  readonly requests: readonly sheets_v4.Schema$Request[];
  /** Rows, columns or tabs move: said twice it would happen twice, and later edits stand on it. */
  readonly isStructural: boolean;
}

export type SaveState = 'saved' | 'saving' | 'waiting';

/** Why an edit of the user is not in the spreadsheet, as far as is known: the grid must be read again. */
export type Loss = Exclude<ChangeResult, { kind: 'saved' }>;

export interface SaveQueue {
  add(edit: Edit): void;
  state(): SaveState;
  /** Edits so far: the same number before and after something says that there was none in between. */
  count(): number;
}

const retryMs = 1500;

/** Saves edits one after the other. What cannot be reached is tried until it answers; what is refused is a loss. */
export function createSaveQueue(
  send: (change: Omit<BookChange, 'structure'>) => Promise<ChangeResult>,
  onState: (state: SaveState) => void,
  onLoss: (loss: Loss) => void,
): SaveQueue {
  const edits: Edit[] = [];
  let state: SaveState = 'saved';
  let count = 0;

  function setState(next: SaveState): void {
    if (state === next) return;
    state = next;
    onState(next);
  }

  function lose(edit: Edit, loss: Loss): void {
    // Edits after one that moved nothing stand as they are; the others would hit other rows.
    if (edit.isStructural || loss.kind !== 'refused') edits.length = 0;
    else edits.shift();
    onLoss(loss);
  }

  async function save({ requests }: Edit): Promise<ChangeResult> {
    const id = crypto.randomUUID();
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await send({ id, isAgain, requests });
      } catch (error) {
        if (error instanceof HostRefused) return { kind: 'refused', message: error.message };
        if (!(error instanceof HostUnreachable)) throw error;
      }
      setState('waiting');
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  async function saveAll(): Promise<void> {
    for (let edit = edits[0]; edit; edit = edits[0]) {
      setState('saving');
      const result = await save(edit);
      if (result.kind === 'saved') edits.shift();
      else lose(edit, result);
    }
    setState('saved');
  }

  return {
    add: (edit) => {
      edits.push(edit);
      count += 1;
      if (state === 'saved') void saveAll();
    },
    state: () => state,
    count: () => count,
  };
}
