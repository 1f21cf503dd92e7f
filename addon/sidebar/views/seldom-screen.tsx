import type { Actions } from '../actions.ts';
import { nextCall, reduceReviews } from '../reduce-reviews.ts';
import { findAccount, type SidebarState } from '../state.ts';
import type { Wording } from '../wording.ts';
import { AccessLog } from './access-log.tsx';
import { Accounts } from './accounts.tsx';
import { Drafts } from './drafts.tsx';
import { Form } from './form.tsx';
import { LinkAccount } from './link-account.tsx';
import { Members } from './members.tsx';
import { Preview } from './preview.tsx';
import { Rules } from './rules.tsx';
import { Undo } from './undo.tsx';

/** What actions mean for the screens of reviews, and what these ask for. */
export const reviews = { next: nextCall, reduce: reduceReviews };

interface SeldomScreenProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
}

/**
 * The screens that are opened seldom: a bundle of its own, which the sidebar loads with the first of them. It holds what
 * it needs of the other modules once more; all that is kept is in the sidebar's one state.
 */
export function SeldomScreen(props: SeldomScreenProps) {
  const { state } = props;
  const { screen } = state;
  if (screen.name === 'form') return <Form {...props} screen={screen} />;
  if (screen.name === 'accounts') return <Accounts {...props} screen={screen} />;
  if (screen.name === 'preview') return <Preview {...props} screen={screen} />;
  if (screen.name === 'undo') return <Undo {...props} screen={screen} />;
  if (screen.name === 'log') return <AccessLog {...props} screen={screen} />;
  if (screen.name === 'members') return <Members {...props} />;
  if (screen.name === 'drafts') return <Drafts {...props} screen={screen} />;
  if (screen.name === 'rules') return <Rules {...props} screen={screen} />;
  if (screen.name !== 'link') return null;
  const found = findAccount(state, screen.connectionId, screen.accountKey);
  return <LinkAccount {...props} form={screen.form} found={found} />;
}
