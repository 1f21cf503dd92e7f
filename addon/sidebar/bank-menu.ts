import type { ApiCall, ConnectionView } from '../../shared/api.ts';
import type { Actions } from './actions.ts';
import {
  canSync,
  type FormName,
  formCalls,
  isSyncing,
  may,
  mayAsk,
  mayConnect,
  type SidebarState,
} from './state.ts';

/** An item of a menu. */
export interface MenuItem {
  readonly text: string;
  readonly onChoose: () => void;
}

/** What can be done with a bank now, by somebody in the user's role. */
export function bankMenu(
  state: SidebarState,
  connection: ConnectionView,
  { ask, open, openForm }: Actions,
): readonly MenuItem[] {
  const { id: connectionId, accounts, otherWaysIn } = connection;
  const isReady = canSync(connection) && !isSyncing(state, connection);
  const known = accounts.map(({ key }) => key);
  const item = (call: ApiCall, text: string, onChoose: () => void, isOffered = true) =>
    isOffered && may(state, call) ? [{ text, onChoose }] : [];
  const formItem = (form: FormName, text: string, isOffered?: boolean) =>
    item(formCalls[form], text, () => openForm(form, connectionId), isOffered);
  const sync = () => ask({ call: 'syncNow', args: { connectionId } });
  return [
    ...item('syncNow', 'Sync now', sync, isReady),
    ...item(
      'previewSync',
      'Preview a sync',
      () => open({ name: 'preview', connectionId, told: null }),
      isReady,
    ),
    ...formItem('history', 'Historical sync…', isReady),
    ...item('overview', 'Get accounts', () =>
      open({ name: 'accounts', connectionId, known: null }),
    ),
    ...item(
      'findAccounts',
      'Find new accounts',
      () => open({ name: 'accounts', connectionId, known }),
      mayAsk(connection),
    ),
    ...item('importFile', 'Fill from a file…', () => open({ name: 'import' })),
    ...formItem('rename', 'Rename…'),
    ...formItem('schedule', 'Schedule…'),
    ...item('accessLog', 'Access log', () => open({ name: 'log', connectionId, log: null })),
    ...formItem(
      'wayIn',
      'Change the way in…',
      otherWaysIn.length > 0 && mayConnect(state, connection),
    ),
    ...formItem('unsync', 'Unsync…'),
  ];
}
