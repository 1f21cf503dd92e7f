import { typeOfPath } from '../../shared/book.ts';
import type { SuggestionSettings } from '../../shared/suggestions.ts';
import type { Asked } from './state.ts';
import type { Wording } from './wording.ts';

/** A level to choose, as the screen shows it. */
export interface Level<T> {
  readonly value: T;
  readonly text: string;
  readonly note?: string;
}

/** From which certainty on something is suggested, with the level that is set among them. */
export function certaintyLevels(set: number, { percent }: Wording): readonly Level<number>[] {
  const known = certainties.some(([value]) => value === set);
  const all = known ? certainties : [...certainties, [set, 'As it is set'] as const];
  return all
    .toSorted(([a], [b]) => a - b)
    .map(([value, text]) => ({ value, text, note: `from ${percent(value)}` }));
}

const certainties: readonly (readonly [number, string])[] = [
  [0.3, 'A guess'],
  [0.5, 'More likely than not'],
  [0.7, 'Quite likely'],
  [0.9, 'Nearly certain'],
];

/** From which certainty on rows are posted at once, with the level that is set among them. */
export function postLevels(
  set: number | null,
  { percent }: Wording,
): readonly Level<number | null>[] {
  const levels = [0.95, 0.97, 0.99];
  const all = set === null || levels.includes(set) ? levels : [...levels, set].sort();
  return [
    { value: null, text: 'Off' },
    ...all.map((value) => ({ value, text: `When ${percent(value)} sure or more` })),
  ];
}

/** Book accounts against which a side of a transfer may stand. */
export function transitAccounts(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !['income', 'expense'].includes(typeOfPath(path) ?? ''));
}

/** The call that saves the settings with a change; null where there is none, or the path is no path. */
export function saveSettings(
  settings: SuggestionSettings,
  change: Partial<SuggestionSettings>,
): Asked | null {
  const { certainty, postFrom, transit } = { ...settings, ...change };
  const args = { certainty, postFrom, transit: transit.trim() };
  const isSame =
    certainty === settings.certainty &&
    postFrom === settings.postFrom &&
    args.transit === settings.transit;
  const isPath = args.transit.split(':').every((part) => part.trim() !== '');
  return isSame || !isPath ? null : { call: 'setSuggestions', args };
}
