import type { Asked } from './state.ts';

/** Calls in which a bank is asked: it is told whether the user is there, and from where. */
const asksBank: Partial<Readonly<Record<Asked['call'], true>>> = {
  answerConfirmation: true,
  applySync: true,
  findAccounts: true,
  identifyAccount: true,
  linkAccount: true,
  previewSync: true,
  syncHistory: true,
  syncNow: true,
};

/** Longer than this the user does not wait for it. */
const presenceMs = 2000;

/**
 * What proves to the cloud that the user is there, for a call that needs it: the user's own browser fetches it, since the
 * call itself comes from Google. Undefined where it is not to be had: the call is then made without.
 */
export async function askPresence(
  asked: Asked,
  url: string | undefined,
): Promise<string | undefined> {
  if (!url || !asksBank[asked.call]) return undefined;
  try {
    const signal = AbortSignal.timeout(presenceMs);
    const answer = await fetch(url, { method: 'POST', signal });
    const { presence } = (await answer.json()) as { readonly presence?: unknown };
    return typeof presence === 'string' ? presence : undefined;
  } catch {
    return undefined;
  }
}
