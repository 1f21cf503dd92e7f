import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly onClick: (event: MouseEvent) => void;
  readonly kind?: 'primary' | 'text' | 'wide' | 'choice';
  /** What a screen reader says where the text alone would not tell. */
  readonly label?: string;
  /** What else there is to say of it. */
  readonly title?: string;
  /** Already at it: stays where the keyboard is, and does nothing. */
  readonly isBusy?: boolean;
  /** Of a button that opens something below it. */
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { onClick, kind, label, title, isBusy, isOpen, children } = props;
  return (
    <button
      type="button"
      class={kind}
      aria-label={label}
      title={title}
      aria-disabled={isBusy}
      aria-expanded={isOpen === undefined ? undefined : `${isOpen}`}
      onClick={isBusy ? undefined : onClick}
    >
      {children}
    </button>
  );
}
