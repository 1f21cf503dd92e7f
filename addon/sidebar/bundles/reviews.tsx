import type { ScreenProps } from '../loaded-screens.ts';
import { nextCall, reduceReviews } from '../reduce-reviews.ts';
import { Drafts } from '../views/drafts.tsx';
import { Rules } from '../views/rules.tsx';

/** The drafts that wait, and how suggestions are made. */
export function Screen(props: ScreenProps) {
  const { screen } = props.state;
  if (screen.name === 'drafts') return <Drafts {...props} screen={screen} />;
  return screen.name === 'rules' ? <Rules {...props} screen={screen} /> : null;
}

export const reduce = reduceReviews;
export const next = nextCall;
