import type { SidebarMessage, SidebarReply } from '../page-api.ts';

// google.script as Apps Script gives it to a page of HtmlService, over messages to the page around the frame. It is a
// bundle of its own, put before everything else into the sidebar.

interface Pending {
  readonly onSuccess: ((value: unknown, userObject?: unknown) => void) | undefined;
  readonly onFailure: ((error: Error, userObject?: unknown) => void) | undefined;
  readonly userObject: unknown;
}

/** So many calls run at once; more wait here. */
const callsMax = 10;
const pending = new Map<number, Pending>();
const waiting: { readonly message: SidebarMessage; readonly id: number; call: Pending }[] = [];
let lastId = 0;

function tell(message: SidebarMessage): void {
  parent.postMessage(message, '*');
}

function start(): void {
  while (pending.size < callsMax) {
    const next = waiting.shift();
    if (!next) return;
    pending.set(next.id, next.call);
    tell(next.message);
  }
}

window.addEventListener('message', ({ source, data }) => {
  if (source !== parent) return;
  const reply = data as SidebarReply;
  const call = pending.get(reply.id);
  if (!call) return;
  pending.delete(reply.id);
  start();
  if (reply.kind === 'done') {
    call.onSuccess?.(reply.value, call.userObject);
    return;
  }
  const error = Object.assign(new Error(reply.message), { name: reply.error });
  if (call.onFailure) call.onFailure(error, call.userObject);
  else reportError(error);
});

/** @throws Error for what google.script.run may not carry. */
function checkPlain(value: unknown, depth = 0): void {
  if (
    value === null ||
    value === undefined ||
    ['string', 'number', 'boolean'].includes(typeof value)
  )
    return;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (depth > 50 || (tag !== 'Array' && tag !== 'Object')) {
    throw new TypeError(`google.script.run carries no ${tag}.`);
  }
  for (const item of Object.values(value as object)) checkPlain(item, depth + 1);
}

function createRunner(call: Pending): object {
  const own: Readonly<Record<string, unknown>> = {
    withSuccessHandler: (onSuccess: Pending['onSuccess']) => createRunner({ ...call, onSuccess }),
    withFailureHandler: (onFailure: Pending['onFailure']) => createRunner({ ...call, onFailure }),
    withUserObject: (userObject: unknown) => createRunner({ ...call, userObject }),
  };
  return new Proxy(own, {
    get: (_own, name) => {
      if (typeof name !== 'string' || name.endsWith('_')) return undefined;
      return (
        own[name] ??
        ((...args: unknown[]) => {
          for (const arg of args) checkPlain(arg);
          lastId += 1;
          const id = lastId;
          waiting.push({ id, call, message: { kind: 'run', id, functionName: name, args } });
          start();
        })
      );
    },
  });
}

Object.assign(window, {
  google: {
    script: {
      run: createRunner({ onSuccess: undefined, onFailure: undefined, userObject: undefined }),
      host: {
        origin: location.origin,
        close: () => tell({ kind: 'close' }),
        editor: { focus: () => tell({ kind: 'focus-editor' }) },
      },
    },
  },
});
