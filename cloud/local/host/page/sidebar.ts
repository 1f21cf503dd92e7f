import type { PageScriptAnswer, SidebarMessage, SidebarReply } from '../page-api.ts';
import { createElement, elementOf } from './elements.ts';

export interface Sidebar {
  /** In place of one that is open. */
  open(url: string, title: string): void;
}

/**
 * The add-on's sidebar in a frame of its own origin. What it asks of google.script arrives as messages; `run` calls the
 * function.
 */
export function createSidebar(
  run: (functionName: string, args: readonly unknown[]) => Promise<PageScriptAnswer>,
  focusEditor: () => void,
): Sidebar {
  const panel = elementOf('sidebar');
  const body = elementOf('sidebar-body');
  let frame: HTMLIFrameElement | undefined;

  function close(): void {
    panel.hidden = true;
    body.replaceChildren();
    frame = undefined;
    focusEditor();
  }

  elementOf('sidebar-close').addEventListener('click', close);
  window.addEventListener('message', async ({ source, data }) => {
    const asking = frame?.contentWindow;
    if (!asking || source !== asking) return;
    const message = data as SidebarMessage;
    if (message.kind === 'close') close();
    else if (message.kind === 'focus-editor') focusEditor();
    else if (message.kind === 'run') {
      // To any origin, because the frame's is opaque; what frames may load is this host's alone.
      asking.postMessage(await answerRun(message), '*');
    }
  });

  async function answerRun({
    id,
    functionName,
    args,
  }: Extract<SidebarMessage, { kind: 'run' }>): Promise<SidebarReply> {
    try {
      const answer = await run(functionName, args);
      if (answer.ok) return { kind: 'done', id, value: answer.value };
      return { kind: 'failed', id, error: 'ScriptError', message: answer.message };
    } catch (error) {
      // The script was not reached: Google, too, names that otherwise than an error of the script.
      return { kind: 'failed', id, error: 'NetworkError', message: (error as Error).message };
    }
  }

  return {
    open: (url, title) => {
      elementOf('sidebar-title').textContent = title;
      frame = createElement('iframe', { src: url, title });
      frame.setAttribute(
        'sandbox',
        'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox',
      );
      body.replaceChildren(frame);
      panel.hidden = false;
    },
  };
}
