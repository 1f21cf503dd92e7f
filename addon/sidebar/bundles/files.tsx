import { performFileEffect } from '../file-bytes.ts';
import type { ScreenProps } from '../loaded-screens.ts';
import { nextOfFiles, reduceFiles } from '../reduce-files.ts';
import { ImportFiles } from '../views/import-files.tsx';

/** Files that the user imports. */
export function Screen(props: ScreenProps) {
  return props.state.screen.name === 'import' ? <ImportFiles {...props} /> : null;
}

export const reduce = reduceFiles;
export const next = nextOfFiles;
export const perform = performFileEffect;
