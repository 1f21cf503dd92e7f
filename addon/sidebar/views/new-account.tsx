import type { BookAccount, BookAccountType } from '../../../shared/book.ts';
import { accountTypes, type LinkForm, newPath, placesFor } from '../link-form.ts';

interface NewAccountProps {
  readonly form: LinkForm;
  readonly accounts: readonly BookAccount[];
  readonly onChange: (change: Partial<LinkForm>) => void;
}

/** Name, type and place of an account that the book is to have. */
export function NewAccount({ form, accounts, onChange }: NewAccountProps) {
  const setType = (type: string) => onChange({ type: type as BookAccountType });
  return (
    <>
      <label class="field">
        <span>Name</span>
        <input
          value={form.name}
          maxLength={150}
          onInput={(event) => onChange({ name: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>Type</span>
        <select value={form.type} onChange={(event) => setType(event.currentTarget.value)}>
          {accountTypes.map((type) => (
            <option key={type} value={type}>
              {typeWords[type]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Under</span>
        <select
          value={form.under}
          onChange={(event) => onChange({ under: event.currentTarget.value })}
        >
          {placesFor(form.type, accounts).map((path) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </select>
      </label>
      <p class="hint">Its path: {newPath(form)}</p>
    </>
  );
}

const typeWords: Readonly<Record<BookAccountType, string>> = {
  asset: 'Asset: what you own',
  liability: 'Liability: what you owe',
  income: 'Income',
  expense: 'Expense',
  equity: 'Equity',
};
