import type { Actions } from '../actions.ts';
import { roleNames } from '../describe-form.ts';
import { mayChangeRole, type SidebarState } from '../state.ts';
import { Button } from './button.tsx';
import { Proposal } from './proposal.tsx';

interface MembersProps {
  readonly state: SidebarState;
  readonly actions: Actions;
}

/** Who may do what in the book. */
export function Members({ state, actions }: MembersProps) {
  const { members } = state;
  return (
    <Proposal
      title="Members"
      about="Whoever may edit the spreadsheet and opens Bookfeed in it becomes one, as a bookkeeper."
      waiting={!members && !state.trouble && 'Asking who they are…'}
      isDoing={false}
      onDo={actions.openBanks}
      leave="Back"
      actions={actions}
    >
      <ul>
        {members?.map((member) => {
          const { id, email = id, role, isMe } = member;
          return (
            <li key={id} class="row">
              <p>
                {email}
                <br />
                <span class="quiet">
                  {roleNames[role]}
                  {isMe && ' · you'}
                </span>
              </p>
              {mayChangeRole(state, member) && (
                <Button
                  kind="text"
                  label={`Change the role of ${email}`}
                  onClick={() => actions.openForm('role', id)}
                >
                  Change
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Proposal>
  );
}
