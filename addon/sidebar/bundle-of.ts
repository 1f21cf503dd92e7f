import type { BundleName } from '../server/bundle-name.ts';
import type { Screen } from './state.ts';

/** In which bundle a screen is; the others are there from the start. */
export const bundleOf: Partial<Readonly<Record<Screen['name'], BundleName>>> = {
  accounts: 'screens',
  drafts: 'reviews',
  form: 'screens',
  import: 'files',
  link: 'screens',
  log: 'screens',
  members: 'screens',
  preview: 'screens',
  rules: 'reviews',
  undo: 'screens',
};
