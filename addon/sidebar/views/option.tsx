interface OptionProps {
  /** Of the group in which one is chosen. */
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly text: string;
  /** At the right, quiet. */
  readonly note?: string | undefined;
  /** All of what the text shortens. */
  readonly title?: string;
  readonly depth?: number;
}

/** One of a group of radio buttons: the arrow keys walk through the group. */
export function Option({ name, isChosen, onChoose, text, note, title, depth = 0 }: OptionProps) {
  return (
    <label class="option" title={title} style={`--depth:${depth}`}>
      <input type="radio" name={name} aria-label={title} checked={isChosen} onChange={onChoose} />
      <span>{text}</span>
      <span class="quiet">{note}</span>
    </label>
  );
}
