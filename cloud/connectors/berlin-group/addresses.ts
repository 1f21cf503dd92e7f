import { BankError, type EntryWindow } from '../../ports/bank-connector.ts';

// Where a bank is called, and which addresses of its answers are followed.

export function consentPath(consentId: string): string {
  return `/v1/consents/${encodeURIComponent(consentId)}`;
}

export function accountPath(externalId: string, resource: 'balances' | 'transactions'): string {
  return `/v1/accounts/${encodeURIComponent(externalId)}/${resource}`;
}

export function windowQuery({ from, to }: EntryWindow): string {
  const query = new URLSearchParams({ bookingStatus: 'both', dateFrom: from });
  if (to) query.set('dateTo', to);
  return query.toString();
}

/** Whoever answers to the next page's address gets the consent, so it must be the same bank. */
export function nextUrl(href: string, url: URL): URL {
  const next = URL.parse(href, url.href);
  if (next?.origin === url.origin) return next;
  throw new BankError('reply-unreadable', 'entries: the next page is on another host');
}

/** The user's browser goes there: a web page, and no less safe than the bank's interface. */
export function pageUrl(href: string, url: URL): string {
  const page = URL.parse(href, url.href);
  if (page && (page.protocol === 'https:' || page.protocol === url.protocol)) return page.href;
  throw new BankError('reply-unreadable', 'create-consent: no page for the user');
}
