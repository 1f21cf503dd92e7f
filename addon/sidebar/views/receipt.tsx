import type { Receipt, ReceiptRow } from '../../../shared/suggestions.ts';
import { lastPart } from '../link-form.ts';
import type { Wording } from '../wording.ts';

interface ReceiptProps {
  readonly receipt: Receipt;
  readonly words: Wording;
}

/** Why a counter-account is suggested, with the user's own rows that say so, and what speaks against it. */
export function ReceiptOf({ receipt, words }: ReceiptProps) {
  const { sentence, rows, against, rowsAgainst = [] } = receipt;
  return (
    <div class="receipt">
      <p>{withDays(sentence, words)}</p>
      <ReceiptRows label="Rows that say so" rows={rows} words={words} />
      {against && <p>{withDays(against, words)}</p>}
      <ReceiptRows label="Rows against it" rows={rowsAgainst} words={words} />
    </div>
  );
}

/** Days as all of the sidebar has them; what is quoted stays as it came. */
function withDays(text: string, words: Wording): string {
  return text.replace(/“[^”]*”|\b\d{4}-\d\d-\d\d\b/g, (part) =>
    part.startsWith('“') || Number.isNaN(Date.parse(part)) ? part : words.day(part),
  );
}

interface ReceiptRowsProps {
  /** What a screen reader says of them. */
  readonly label: string;
  readonly rows: readonly ReceiptRow[];
  readonly words: Wording;
}

/** Rows that the user has posted, with where. */
export function ReceiptRows({ label, rows, words }: ReceiptRowsProps) {
  if (rows.length === 0) return null;
  return (
    <table aria-label={label}>
      {rows.map(({ date, description, amount, currency, counterAccount }, at) => (
        <tr key={at}>
          <td>
            <p class="line" title={description}>
              {description}
            </p>
            <p class="line quiet" title={counterAccount}>
              {[words.day(date), lastPart(counterAccount)].filter(Boolean).join(' · ')}
            </p>
          </td>
          <td class="balance">{words.amount(amount, currency)}</td>
        </tr>
      ))}
    </table>
  );
}
