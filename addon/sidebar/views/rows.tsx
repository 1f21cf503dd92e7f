import type { RowView } from '../../../shared/api.ts';
import { lastPart } from '../link-form.ts';
import type { Wording } from '../wording.ts';

interface RowsProps {
  readonly rows: readonly RowView[];
  /** How many there are in all. */
  readonly total: number;
  readonly words: Wording;
}

const rowMax = 20;

/** The first of some rows of the book, with how many more there are. */
export function Rows({ rows, total, words }: RowsProps) {
  const shown = rows.slice(0, rowMax);
  const more = total - shown.length;
  return (
    <ul>
      {shown.map(({ date, description, amount, currency, account }, at) => (
        <li key={at}>
          <p class="row">
            <span>{description}</span>
            <span class="balance">{words.amount(amount, currency)}</span>
          </p>
          <p class="hint" title={account}>
            {words.day(date)} · {lastPart(account)}
          </p>
        </li>
      ))}
      {more > 0 && <li class="quiet">and {words.number(more)} more</li>}
    </ul>
  );
}
