import type { BookAccount } from '../../../shared/book.ts';
import { type AccountForm, type FillableType, newPath, placesFor } from '../link-form.ts';

interface NewAccountProps {
  readonly form: AccountForm;
  readonly accounts: readonly BookAccount[];
  readonly onChange: (change: Partial<AccountForm>) => void;
}

/** Name, type and place of an account that the book is to have. */
export function NewAccount({ form, accounts, onChange }: NewAccountProps) {
  const setType = (type: string) => onChange({ type: type as FillableType });
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
          <option value="asset">Asset: what you own</option>
          <option value="liability">Liability: what you owe</option>
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
