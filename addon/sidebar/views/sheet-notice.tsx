import type { ComponentChildren } from 'preact';
import type { FailureView } from '../../../shared/failures.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface SheetNoticeProps {
  readonly failure: FailureView;
  /** Whom to share the sheet with. */
  readonly address: string;
  readonly isCopied: boolean;
  readonly onCopied: () => void;
  readonly children: ComponentChildren;
}

/** Bookfeed may not write: with the address that helps, to be copied. */
export function SheetNotice(props: SheetNoticeProps) {
  const { failure, address, isCopied, onCopied, children } = props;
  // The detail is the address, which stands in the field.
  const { detail: _, ...told } = failure;
  const copy = async () => {
    document.querySelector<HTMLInputElement>('#address')?.select();
    if (await copyText(address)) onCopied();
  };
  return (
    <Notice failure={told}>
      <div class="row">
        <input id="address" readOnly value={address} title={address} aria-label="Share it with" />
        <Button onClick={copy}>{isCopied ? 'Copied' : 'Copy'}</Button>
      </div>
      {children}
    </Notice>
  );
}

/** Whether it was copied; where a frame may not use the clipboard, the selection is copied the old way. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
