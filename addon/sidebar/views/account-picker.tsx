import type { BookAccount } from '../../../shared/book.ts';
import { type AccountForm, accountTree } from '../link-form.ts';
import { Option } from './option.tsx';

interface AccountPickerProps {
  readonly form: Pick<AccountForm, 'search' | 'path'>;
  readonly accounts: readonly BookAccount[];
  readonly onChange: (change: Partial<Pick<AccountForm, 'search' | 'path'>>) => void;
}

/** The accounts of the book as a tree that can be searched; radio buttons, so that the arrow keys walk through it. */
export function AccountPicker({ form, accounts, onChange }: AccountPickerProps) {
  const lines = accountTree(accounts, form.search);
  return (
    <>
      <input
        type="search"
        placeholder="Search your accounts"
        aria-label="Search your accounts"
        value={form.search}
        onInput={(event) => onChange({ search: event.currentTarget.value })}
      />
      <div class="tree">
        {lines.map(({ path, name, depth, account }) =>
          account ? (
            <Option
              key={path}
              name="path"
              text={name}
              note={account.currency}
              title={path}
              depth={depth}
              isChosen={form.path === path}
              onChoose={() => onChange({ path })}
            />
          ) : (
            <p key={path} class="place" style={`--depth:${depth}`}>
              {name}
            </p>
          ),
        )}
        {lines.length === 0 && (
          <p class="place">
            {accounts.length === 0
              ? 'Your book has none to choose from.'
              : 'No account has that name.'}
          </p>
        )}
      </div>
    </>
  );
}
