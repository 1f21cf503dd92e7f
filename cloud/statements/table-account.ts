import { isIban, toAccountId } from './iban.ts';
import type { StatementAccount } from './statement.ts';
import type { TableRow } from './table.ts';
import { meaningsOf, toCurrencyCode } from './table-names.ts';

/** What stands above the header: whose statement it is. */
export interface Preamble {
  readonly account: StatementAccount;
  readonly currency: string | undefined;
}

/** The one IBAN above the header, else the number beside the word account; the currency beside that word. */
export function readPreamble(preamble: readonly TableRow[]): Preamble {
  const ibans = new Set<string>();
  const numbers = new Set<string>();
  const currencies = new Set<string>();
  let isCard = false;
  for (const { cells } of preamble) {
    const filled = cells.flatMap(splitLabel).filter((cell) => cell !== '');
    for (const [index, cell] of filled.entries()) {
      const found = [cell.replace(/\s/g, ''), ...cell.split(/\s/)].find(isIban);
      if (found) ibans.add(found);
      const name = filled[index - 1] ?? '';
      const label = meaningsOf(name);
      const isAccount = label.includes('account') || label.includes('counterpartyAccount');
      if (isAccount && /\d{4}/.test(cell) && cell.length <= 40) {
        numbers.add(cell);
        isCard ||= cardName.test(name);
      }
      const code = label.includes('currency') ? toCurrencyCode(cell) : undefined;
      if (code) currencies.add(code);
    }
  }
  const [iban, number] = [only(ibans), only(numbers)];
  const type = isCard ? 'card' : 'current';
  return {
    account: { ...(iban ? { iban } : number && ibans.size === 0 && { number }), type },
    currency: only(currencies),
  };
}

const cardName = /\bcard|kreditkart|kartennum|\bcarte|tarjeta|\bcarta|\bkort|karta/i;

/** `IBAN: DE…` in one cell. */
export function splitLabel(cell: string): readonly string[] {
  const at = cell.indexOf(':');
  return at === -1 ? [cell] : [cell.slice(0, at).trim(), cell.slice(at + 1).trim()];
}

function only(values: ReadonlySet<string>): string | undefined {
  return values.size === 1 ? [...values][0] : undefined;
}

/** The account that a cell names: by IBAN, by a number, or in words. */
export function toTableAccount(cell: string): StatementAccount {
  const id = toAccountId(cell);
  if (id.iban === undefined && !/\d{4}/.test(cell)) return { name: cell, type: 'current' };
  return { ...id, type: 'current' };
}
