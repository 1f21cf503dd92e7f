import type { RulesReview } from '../../../shared/suggestions.ts';
import type { Actions } from '../actions.ts';
import type { RulesScreen } from '../review-screens.ts';
import { isAsked, isCalling, may, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { Reliability } from './reliability.tsx';
import { Rule } from './rule.tsx';
import { RuleProposal } from './rule-proposal.tsx';
import { SuggestionSettings } from './suggestion-settings.tsx';
import { Waiting } from './waiting.tsx';

interface RulesProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
  readonly screen: RulesScreen;
}

/** How suggestions are made: the rules with what they do, those that are proposed, and what the book wants of them. */
export function Rules(props: RulesProps) {
  const { state, actions, screen } = props;
  const { review } = screen;
  const isReading = isCalling(state, 'reviewRules');
  return (
    <section>
      <Button kind="text" onClick={actions.openBanks}>
        ‹ Back
      </Button>
      <h1 tabIndex={-1}>Suggestions and rules</h1>
      {review && <Review {...props} review={review} />}
      {!review && isReading && <Waiting text="Trying your rules on your book…" />}
      {review && isReading && (
        <div class="strip">
          <Waiting text="Looking again…" />
        </div>
      )}
    </section>
  );
}

function Review(props: RulesProps & { readonly review: RulesReview }) {
  const { state, actions, words, review } = props;
  const { proposals, reliability } = review;
  return (
    <>
      {proposals.length > 0 && <h2 class="part">Proposed rules</h2>}
      <ul>
        {proposals.map((proposal) => (
          <RuleProposal
            key={proposal.key}
            {...{ proposal, actions, words }}
            isReader={!may(state, 'addRule')}
            isAdding={isAsked(state, { call: 'addRule', rule: proposal.rule })}
            isBusy={isCalling(state, 'addRule') || isCalling(state, 'dismissRule')}
          />
        ))}
      </ul>
      <YourRules {...props} />
      <SuggestionSettings {...props} />
      <Reliability reliability={reliability} words={words} />
    </>
  );
}

function YourRules({ state, actions, words, review }: RulesProps & { review: RulesReview }) {
  const { rules, problems } = review;
  const isOpening = isAsked(state, { call: 'addRule', rule: null });
  return (
    <>
      <h2 class="part">Your rules</h2>
      <p class="hint">
        {rules.length > 0
          ? 'The first that fits decides, before anything learned.'
          : 'None yet. A rule decides before anything learned; you write it as a row of the Rules tab.'}
      </p>
      {problems.map(({ index, message }) => (
        <Notice
          key={index}
          failure={{
            colour: 'orange',
            text: `Row ${words.number(index + 1)} is no rule.`,
            advice: message,
          }}
        />
      ))}
      <ul>
        {rules.map((rule) => (
          <Rule key={rule.index} rule={rule} words={words} />
        ))}
      </ul>
      {may(state, 'addRule') && (
        <Button isBusy={isOpening} onClick={() => actions.ask({ call: 'addRule', rule: null })}>
          {isOpening ? 'Opening…' : 'Open the Rules tab'}
        </Button>
      )}
    </>
  );
}
