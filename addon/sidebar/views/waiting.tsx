interface WaitingProps {
  /** What is being waited for. */
  readonly text: string;
  readonly label?: string;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
}

/** Says what goes on, and how far it is where that is known. */
export function Waiting({ text, label = text, done, total }: WaitingProps) {
  return (
    <div class="progress">
      <p>{text}</p>
      <progress aria-label={label} max={total} value={total === undefined ? undefined : done} />
    </div>
  );
}
