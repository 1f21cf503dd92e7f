import { type FormName, findConnection, findMember, type SidebarState } from './state.ts';

/** What the form begins with: how it is now. */
export function startValue(state: SidebarState, form: FormName, about: string | null): string {
  const connection = findConnection(state, about ?? '');
  const values: Partial<Record<FormName, string | undefined>> = {
    history: 'all',
    mails: `${state.overview?.reminders}`,
    rename: connection?.name,
    role: findMember(state, about)?.role,
    schedule: `${connection?.everyHours}`,
  };
  return values[form] ?? '';
}
