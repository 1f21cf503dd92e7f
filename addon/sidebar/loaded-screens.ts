import type { ComponentChildren } from 'preact';
import type { BundleName } from '../server/bundle-name.ts';
import type { Actions } from './actions.ts';
import { bundleOf } from './bundle-of.ts';
import type { performFileEffect } from './file-bytes.ts';
import type { Action } from './model.ts';
import type { Asked, SidebarState } from './state.ts';
import type { Wording } from './wording.ts';

/**
 * Screens that are opened seldom: code of its own, which the sidebar loads with the first of them. It holds what it
 * needs of the other modules once more; all that is kept is in the sidebar's one state.
 */
export interface ScreenBundle {
  /** The screen that is open, if it is one of the bundle. */
  Screen(props: ScreenProps): ComponentChildren;
  /** The state after an action, after all else that it means. */
  reduce?(before: SidebarState, after: SidebarState, action: Action): SidebarState;
  /** What is to be asked for now, if anything, by what stands in the state. */
  next?(state: SidebarState): Asked | null;
}

interface FilesBundle extends ScreenBundle {
  readonly perform: typeof performFileEffect;
}

export interface ScreenProps {
  readonly state: SidebarState;
  readonly actions: Actions;
  readonly words: Wording;
}

/** What each bundle leaves in the page. */
declare const bookfeedScreens: Readonly<Record<BundleName, ScreenBundle>> & {
  readonly files: FilesBundle;
};

/** The bundles that have come. */
export function loadedScreens({ bundles }: SidebarState): ScreenBundle[] {
  return bundles.map((name) => bookfeedScreens[name]);
}

/** That of the import screen, for what it asks for itself: it has come by then. */
export function filesBundle(): FilesBundle {
  return bookfeedScreens.files;
}

/** The bundle in which the screen is; null until it has come. */
export function screensOf({ bundles, screen }: SidebarState): ScreenBundle | null {
  const name = bundleOf[screen.name];
  return name && bundles.includes(name) ? bookfeedScreens[name] : null;
}
