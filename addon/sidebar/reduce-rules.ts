import type { RulesReview } from '../../shared/suggestions.ts';
import type { Action } from './model.ts';
import type { RulesScreen } from './review-screens.ts';
import type { Asked, SidebarState } from './state.ts';

type RulesState = SidebarState & { readonly screen: RulesScreen };

/** The state after an action, while suggestions and rules are open. */
export function reduceRules(state: RulesState, action: Action): SidebarState {
  const { screen } = state;
  if (action.type === 'looked' && 'change' in action.change) {
    const change = { ...screen.change, ...action.change.change };
    return { ...state, screen: { ...screen, change } };
  }
  if (action.type === 'done' && screen.review) return afterDone(state, screen.review, action.asked);
  if (action.type !== 'reviewCame') return state;
  const { answer } = action;
  const isRules = typeof answer !== 'number' && 'proposals' in answer;
  return isRules ? { ...state, screen: { ...screen, review: answer } } : state;
}

/** Shows at once what a call has done that answers with nothing. */
function afterDone(state: RulesState, review: RulesReview, asked: Asked): SidebarState {
  const { screen } = state;
  const without = (isAnswered: (proposal: RulesReview['proposals'][number]) => boolean) => ({
    ...screen,
    review: { ...review, proposals: review.proposals.filter((it) => !isAnswered(it)) },
  });
  switch (asked.call) {
    case 'setSuggestions': {
      const saved = { ...screen, review: { ...review, settings: asked.args }, change: {} };
      return { ...state, said: 'Saved.', screen: saved };
    }
    case 'addRule': {
      if (!asked.rule) return { ...state, said: 'The Rules tab is open.' };
      const screen = without(({ rule }) => rule === asked.rule);
      return { ...state, said: 'Added to your rules.', screen };
    }
    case 'dismissRule': {
      const screen = without(({ key }) => key === asked.args.key);
      return { ...state, said: 'It is not proposed again.', screen };
    }
    default:
      return state;
  }
}
