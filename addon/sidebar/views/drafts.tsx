import type { DraftReview } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import { tellUnderWay } from '../describe-draft.ts';
import { countWaiting, shownDrafts, sureDrafts } from '../reduce-drafts.ts';
import { type DraftsScreen, openedRules } from '../review-screens.ts';
import { isCalling, may, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Draft } from './draft.tsx';
import { Option } from './option.tsx';
import { Waiting } from './waiting.tsx';

interface DraftsProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: DraftsScreen;
}

/** The drafts that wait for their user, each with what is suggested for it. */
export function Drafts(props: DraftsProps) {
  const { state, actions, words, screen } = props;
  const { review, outcome } = screen;
  const underWay = tellUnderWay(state, words);
  // Rows are posted with the user's own right; the role says who decides in this book.
  const isReader = !may(state, 'suggestAgain');
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <header class="row">
        <h1 tabIndex={-1}>Drafts</h1>
        {review && !isReader && (
          <Button
            isBusy={isCalling(state, 'suggestAgain')}
            onClick={() => actions.ask({ call: 'suggestAgain' })}
          >
            Suggest again
          </Button>
        )}
      </header>
      {review && <Review {...props} review={review} isReader={isReader} />}
      {!review && underWay && <Waiting text="Reading your book for suggestions…" />}
      {review && (
        <Button kind="wide" onClick={() => actions.open(openedRules)}>
          Suggestions and rules
        </Button>
      )}
      {review && (underWay || outcome) && (
        <div class="strip">
          {outcome && <p>{outcome}</p>}
          {underWay && <Waiting text={underWay} />}
        </div>
      )}
    </section>
  );
}

interface ReviewProps extends DraftsProps {
  readonly review: DraftReview;
  readonly isReader: boolean;
}

function Review({ state, actions, words, screen, review, isReader }: ReviewProps) {
  const waiting = countWaiting(screen);
  const sure = sureDrafts(screen);
  return (
    <>
      {!isReader && (
        <p class="hint">
          Suggest again fills in what you have not decided, by all that you have posted.
        </p>
      )}
      <InTransit review={review} words={words} />
      {waiting === 0 && <p>Nothing to review. New entries come here with the next sync.</p>}
      {sure.length > 0 && !isReader && (
        <Button kind="primary" onClick={() => actions.look({ accept: sure })}>
          Accept all sure ({words.number(sure.length)})
        </Button>
      )}
      {waiting > 0 && <Order {...{ actions, words, screen, waiting }} />}
      <ul>
        {shownDrafts(screen).map((draft) => (
          <Draft
            key={draft.id}
            {...{ draft, actions, words, isReader }}
            opened={screen.opened?.id === draft.id ? screen.opened : null}
            accounts={review.accounts}
            isParting={isCalling(state, 'rejectTransfer')}
          />
        ))}
      </ul>
    </>
  );
}

/** How many wait, and in which order they stand. */
function Order({
  actions,
  words,
  screen,
  waiting,
}: Omit<DraftsProps, 'state'> & { readonly waiting: number }) {
  const { surest } = screen;
  const shown = shownDrafts(screen).length;
  return (
    <fieldset>
      <p>
        {words.number(waiting)} to review
        {shown > 0 && shown < waiting && `, the newest ${words.number(shown)} are shown`}
      </p>
      <div class="row">
        <Option
          name="order"
          text="Newest first"
          isChosen={!surest}
          onChoose={() => actions.look({ isSurestFirst: false })}
        />
        <Option
          name="order"
          text="Surest first"
          isChosen={surest !== null}
          onChoose={() => actions.look({ isSurestFirst: true })}
        />
      </div>
    </fieldset>
  );
}

/** What stands against In transit, which is at zero when every transfer has come. */
function InTransit({ review, words }: { readonly review: DraftReview; readonly words: Wording }) {
  const { inTransit, settings } = review;
  if (inTransit.length === 0) return null;
  const sums = inTransit.map(({ amount, currency }) => words.amount(amount, currency));
  return (
    <p title={settings.transit}>
      In transit holds {sums.join(', ')}.{' '}
      <span class="hint">
        The other side of a transfer has not come yet, or a fee is still to be posted.
      </span>
    </p>
  );
}
