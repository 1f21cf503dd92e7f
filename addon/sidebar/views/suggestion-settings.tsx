import type { RulesReview } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import {
  certaintyLevels,
  postLevels,
  saveSettings,
  transitAccounts,
} from '../describe-settings.ts';
import type { RulesScreen } from '../review-screens.ts';
import { isCalling, may, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Option } from './option.tsx';

interface SuggestionSettingsProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: RulesScreen;
  readonly review: RulesReview;
}

/** What the book wants of suggestions; who may not change it sees it. */
export function SuggestionSettings(props: SuggestionSettingsProps) {
  const { state, actions, screen, review } = props;
  const isReader = !may(state, 'setSuggestions');
  const isSaving = isCalling(state, 'setSuggestions');
  const asked = saveSettings(review.settings, screen.change);
  const submit = (event: Event) => {
    event.preventDefault();
    if (asked) void actions.ask(asked);
  };
  return (
    <form onSubmit={submit} noValidate>
      <h2 class="part">Suggestions</h2>
      {isReader && <p class="hint">An admin of this book can change this.</p>}
      <fieldset disabled={isReader}>
        <Levels {...props} />
        <Transit {...props} />
      </fieldset>
      {!isReader && (
        <button type="submit" class="primary" aria-disabled={isSaving || !asked}>
          {isSaving ? 'Saving…' : 'Save'}
        </button>
      )}
    </form>
  );
}

function Levels({ actions, words, screen, review }: SuggestionSettingsProps) {
  const { settings } = review;
  const { certainty, postFrom } = { ...settings, ...screen.change };
  return (
    <>
      <fieldset>
        <legend>Suggest an account that is</legend>
        {certaintyLevels(settings.certainty, words).map(({ value, text, note }) => (
          <Option
            key={value}
            name="certainty"
            {...{ text, note }}
            isChosen={certainty === value}
            onChoose={() => actions.look({ change: { certainty: value } })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Post rows at once</legend>
        {postLevels(settings.postFrom, words).map(({ value, text }) => (
          <Option
            key={text}
            name="postFrom"
            text={text}
            isChosen={postFrom === value}
            onChoose={() => actions.look({ change: { postFrom: value } })}
          />
        ))}
        <p class="hint">{tellPosting(postFrom, words)}</p>
      </fieldset>
    </>
  );
}

function tellPosting(postFrom: number | null, words: Wording): string {
  if (postFrom === null)
    return 'Nothing is posted that you have not accepted, except by a rule of yours.';
  const wrong = words.number(Math.round((1 - postFrom) * 100));
  return `Booked rows that are this sure are posted without you: of 100, up to ${wrong} may be wrong. Pending rows are never posted. Undo of their sync takes them back.`;
}

function Transit({ actions, screen, review }: SuggestionSettingsProps) {
  const { transit } = { ...review.settings, ...screen.change };
  return (
    <>
      <label>
        <strong>In transit</strong>
        <input
          value={transit}
          title={transit}
          maxLength={200}
          list="transit"
          autoComplete="off"
          onInput={(event) => actions.look({ change: { transit: event.currentTarget.value } })}
        />
      </label>
      <datalist id="transit">
        {transitAccounts(review.accounts).map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <p class="hint">
        The account where one side of a transfer stands until the other has come. It returns to
        zero.
      </p>
    </>
  );
}
