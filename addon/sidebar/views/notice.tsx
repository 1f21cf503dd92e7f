import type { ComponentChildren } from 'preact';
import type { FailureView } from '../../../shared/failures.ts';

interface NoticeProps {
  readonly failure: Pick<FailureView, 'colour' | 'text' | 'detail' | 'advice'>;
  /** Read out at once: for what the user has just asked for. */
  readonly isAlert?: boolean;
  /** What the user can do about it here. */
  readonly children?: ComponentChildren;
}

/** A failure, or what else has to be told, in its colour and with the one thing to do. */
export function Notice({ failure, isAlert, children }: NoticeProps) {
  const { colour, text, detail, advice } = failure;
  return (
    <div class={`notice ${colour}`} role={isAlert ? 'alert' : undefined}>
      <p>
        <strong>{text}</strong>
      </p>
      {detail && <p class="detail">{detail}</p>}
      <p>{advice}</p>
      {children}
    </div>
  );
}
