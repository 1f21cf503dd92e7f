import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly onClick: () => void;
  readonly kind?: 'primary' | 'text' | 'wide' | 'choice';
  /** What a screen reader says where the text alone would not tell. */
  readonly label?: string;
  /** What else there is to say of it. */
  readonly title?: string;
  /** Already at it: stays where the keyboard is, and does nothing. */
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
}

export function Button({ onClick, kind, label, title, isBusy, children }: ButtonProps) {
  return (
    <button
      type="button"
      class={kind}
      aria-label={label}
      title={title}
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onClick}
    >
      {children}
    </button>
  );
}
