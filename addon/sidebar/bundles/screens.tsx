import type { ScreenProps } from '../loaded-screens.ts';
import { findAccount } from '../state.ts';
import { AccessLog } from '../views/access-log.tsx';
import { Accounts } from '../views/accounts.tsx';
import { Form } from '../views/form.tsx';
import { LinkAccount } from '../views/link-account.tsx';
import { Members } from '../views/members.tsx';
import { Preview } from '../views/preview.tsx';
import { Undo } from '../views/undo.tsx';

/** What is looked at and set of banks, accounts and people. */
export function Screen(props: ScreenProps) {
  const { state } = props;
  const { screen } = state;
  if (screen.name === 'form') return <Form {...props} screen={screen} />;
  if (screen.name === 'accounts') return <Accounts {...props} screen={screen} />;
  if (screen.name === 'preview') return <Preview {...props} screen={screen} />;
  if (screen.name === 'undo') return <Undo {...props} screen={screen} />;
  if (screen.name === 'log') return <AccessLog {...props} screen={screen} />;
  if (screen.name === 'members') return <Members {...props} />;
  if (screen.name !== 'link') return null;
  const found = findAccount(state, screen.connectionId, screen.accountKey);
  return <LinkAccount {...props} form={screen.form} found={found} />;
}
