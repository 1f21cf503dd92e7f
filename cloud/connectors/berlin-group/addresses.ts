import { BankError, type EntryWindow } from '../../ports/bank-connector.ts';
import type { BerlinGroupBank } from './bank.ts';

// Where a bank is called, and which addresses of its answers are followed.

export function bankUrl({ baseUrl }: BerlinGroupBank, path: string): URL {
  return new URL(`${baseUrl}${path}`);
}

export function consentPath(consentId: string): string {
  return `/v1/consents/${encodeURIComponent(consentId)}`;
}

/** What an account of ours is at the bank. */
export interface AccountAddress {
  readonly kind: 'accounts' | 'card-accounts';
  /** The bank's. */
  readonly id: string;
  /** Of one account with several currencies, the one that is meant. */
  readonly currency?: string;
}

/** As it stands in an external id: the bank's id alone for an ordinary account. */
export function externalIdOf({ kind, id, currency }: AccountAddress): string {
  return `${kind === 'accounts' ? '' : `${kind}/`}${id}${currency ? `#${currency}` : ''}`;
}

export function addressOf(externalId: string): AccountAddress {
  const [, card, id = '', currency] =
    /^(card-accounts\/)?(.*?)(?:#([A-Z]{3}))?$/s.exec(externalId) ?? [];
  return { kind: card ? 'card-accounts' : 'accounts', id, ...(currency && { currency }) };
}

export function accountPath(
  { kind, id }: AccountAddress,
  resource: 'balances' | 'transactions',
): string {
  return `/v1/${kind}/${encodeURIComponent(id)}/${resource}`;
}

export function windowQuery({ from, to }: EntryWindow, bookingStatus: 'booked' | 'both'): string {
  const query = new URLSearchParams({ bookingStatus, dateFrom: from });
  if (to) query.set('dateTo', to);
  return query.toString();
}

/**
 * An address of the bank's interface, as an answer to `url` gives it. Whoever answers there gets the consent, so it must
 * be the same bank. Where the bank's gateway stands before `/v1` the bank may not know of that, nor of its TLS.
 */
export function sameBankUrl(
  href: string,
  url: URL,
  { baseUrl }: BerlinGroupBank,
  what: string,
): URL {
  const isOfRoot = /^\/?v1\//.test(href);
  const next = isOfRoot
    ? URL.parse(`${baseUrl}/${href.replace(/^\//, '')}`)
    : URL.parse(href, url.href);
  if (next?.protocol === 'http:' && url.protocol === 'https:' && next.hostname === url.hostname) {
    next.protocol = url.protocol;
    next.port = url.port;
  }
  if (next?.origin === url.origin) return next;
  throw new BankError('reply-unreadable', `${what}: an address on another host`);
}

/** An address elsewhere, as of the page to which the user's browser goes: no less safe than the bank's interface. */
export function safeUrl(href: string, url: URL, what: string): URL {
  const page = URL.parse(href, url.href);
  if (page && (page.protocol === 'https:' || page.protocol === url.protocol)) return page;
  throw new BankError('reply-unreadable', `${what}: no address that could be called`);
}
