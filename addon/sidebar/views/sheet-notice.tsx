import type { Failure } from '../../../shared/failures.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface SheetNoticeProps {
  readonly failure: Failure;
  readonly serviceAccount: string | null;
  readonly isCopied: boolean;
  readonly onCopied: () => void;
}

/** Why rows wait; where sharing the sheet helps, with the address to share it with. */
export function SheetNotice({ failure, serviceAccount, isCopied, onCopied }: SheetNoticeProps) {
  const field = { current: null as HTMLInputElement | null };
  const copy = async () => {
    field.current?.select();
    if (await copyText(serviceAccount ?? '')) onCopied();
  };
  return (
    <Notice failure={failure}>
      {failure.code === 'sheet-not-writable' && serviceAccount && (
        <div class="row">
          <input
            ref={field}
            readOnly
            value={serviceAccount}
            title={serviceAccount}
            aria-label="Share it with"
          />
          <Button onClick={copy}>{isCopied ? 'Copied' : 'Copy'}</Button>
        </div>
      )}
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
