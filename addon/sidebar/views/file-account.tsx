import type { FileAccountView } from '../../../shared/statement-files.ts';
import type { Actions } from '../actions.ts';
import { type ChosenFile, needsTarget } from '../chosen-files.ts';
import { accountTitle, accountWords, findTarget, targetWords } from '../describe-file.ts';
import type { SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { breakable } from './breakable.tsx';
import { Button } from './button.tsx';
import { FileTargetForm } from './file-target.tsx';
import { Notice } from './notice.tsx';
import { Rows } from './rows.tsx';

interface FileAccountProps {
  readonly account: FileAccountView;
  readonly file: ChosenFile;
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  /** Whether no other file is shown. */
  readonly isOnly: boolean;
}

/** An account in a file: what of it is new, where that goes, and the first rows as they will stand. */
export function FileAccount(props: FileAccountProps) {
  const { account, file, words, isOnly } = props;
  const { period, change, failure } = account;
  const isRowsOpen = isOnly && file.preview?.accounts.length === 1;
  return (
    <div class="account">
      <h3>{accountTitle(account)}</h3>
      {period && (
        <p class="quiet">
          {words.day(period.from)} – {words.day(period.to)}
        </p>
      )}
      <p>{accountWords(account, words.number)}</p>
      {change && change.beforeStart > 0 && <BeforeStart {...props} count={change.beforeStart} />}
      <Problems account={account} words={words} />
      {failure && <Notice failure={failure} />}
      <Target {...props} />
      {change && change.rows.length > 0 && (
        <details open={isRowsOpen}>
          <summary>The first rows</summary>
          <Rows rows={change.rows.slice(0, rowMax)} total={change.newRows} words={words} />
        </details>
      )}
    </div>
  );
}

const rowMax = 5;

/** Where the entries go, and how that was found; a form where that is to be said. */
function Target(props: FileAccountProps) {
  const { account, file, state, actions } = props;
  const { key, entries, targetBy } = account;
  const form = file.forms[key];
  if (entries === 0) return null;
  if (form || needsTarget(file, account)) return <FileTargetForm {...props} form={form ?? {}} />;
  const found = findTarget(state, account.target);
  return (
    <div class="row">
      <p>
        {found ? ['To ', breakable(found.path)] : 'Not imported'}
        {found && targetBy && <span class="quiet"> {targetWords[targetBy]}</span>}
      </p>
      <Button
        kind="text"
        label={`Change where ${accountTitle(account)} goes`}
        onClick={() => actions.look({ fileId: file.id, click: { accountKey: key, form: {} } })}
      >
        Change
      </Button>
    </div>
  );
}

/** Entries from before the account's rows begin, which come on the user's wish. */
function BeforeStart({
  account,
  file,
  state,
  actions,
  words,
  count,
}: FileAccountProps & { readonly count: number }) {
  const { isFromStart } = file.choices;
  const from = findTarget(state, account.target)?.from;
  return (
    <label class="option">
      <input
        type="checkbox"
        checked={isFromStart}
        onChange={() => actions.look({ fileId: file.id, click: { isFromStart: !isFromStart } })}
      />
      <span>
        Also the {words.number(count)} from before {from ? words.day(from) : 'its rows begin'}
      </span>
    </label>
  );
}

/** Lines that are not imported, each with why. */
function Problems({ account, words }: Pick<FileAccountProps, 'account' | 'words'>) {
  const { problems, problemCount } = account;
  const more = problemCount - problems.length;
  if (problemCount === 0) return null;
  return (
    <details>
      <summary>
        {problemCount === 1 ? '1 line' : `${words.number(problemCount)} lines`} to look at
      </summary>
      <ul class="lines">
        {problems.map(({ line, message }, at) => (
          <li key={at} class="hint">
            Line {words.number(line)}: {message}
          </li>
        ))}
        {more > 0 && <li class="hint">and {words.number(more)} more</li>}
      </ul>
    </details>
  );
}
