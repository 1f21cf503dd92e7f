import type { MenuItem } from '../bank-menu.ts';

interface MenuProps {
  /** Unique in the page. */
  readonly id: string;
  /** What a screen reader says of it. */
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** What is needed seldom, behind three dots; the browser opens and closes it, by keyboard as well. */
export function Menu({ id, label, items }: MenuProps) {
  return (
    <>
      <button type="button" class="text" aria-label={label} popovertarget={id}>
        ⋮
      </button>
      <div id={id} popover="auto">
        {items.map(({ text, onChoose }) => (
          <button
            key={text}
            type="button"
            class="text"
            popovertarget={id}
            popovertargetaction="hide"
            onClick={onChoose}
          >
            {text}
          </button>
        ))}
      </div>
    </>
  );
}
