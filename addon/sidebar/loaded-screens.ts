import type { SidebarState } from './state.ts';
import type * as screens from './views/seldom-screen.tsx';

/** What the bundle of the screens leaves in the page, once it was loaded. */
declare const bookfeedScreens: typeof screens;

/** The screens that are opened seldom, and what they do with an action; null until they have come. */
export function loadedScreens({ hasScreens }: SidebarState): typeof screens | null {
  return hasScreens ? bookfeedScreens : null;
}
