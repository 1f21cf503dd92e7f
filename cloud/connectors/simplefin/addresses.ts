import { BankError, type Grant } from '../../ports/bank-connector.ts';

// Which addresses of users and servers are called. A setup token is an address that anybody may have made: nothing is
// sent to a host that is not on the list.

/** The Bridge's own, old and new. */
const bridgeHosts: readonly string[] = ['bridge.simplefin.org', 'beta-bridge.simplefin.org'];

export type Hosts = ReadonlySet<string>;

/** @param more with their ports where these are not 443 */
export function createHosts(more: readonly string[]): Hosts {
  return new Set([...bridgeHosts, ...more]);
}

/**
 * The address at which a setup token is claimed.
 * @throws BankError `login-rejected` for what is no token, `provider-not-configured` for one of another server
 */
export function claimUrlOf(setupToken: string, hosts: Hosts): URL {
  const token = setupToken.replace(/\s/g, '');
  const decoded = Buffer.from(token, 'base64').toString('latin1');
  const url = /^[\w+/-]+={0,2}$/.test(token) ? URL.parse(decoded) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new BankError('login-rejected', 'claim: no setup token');
  }
  requireHost(url, hosts, 'claim');
  return url;
}

/** Where an access reaches its server, and what is sent there with every call. */
export interface Access {
  readonly url: URL;
  readonly authorization: string;
}

/** @throws BankError `reply-unreadable`, `provider-not-configured` */
export function accessOf(accessUrl: string, hosts: Hosts): Access {
  const url = URL.parse(accessUrl.trim());
  const login = url && loginOf(url);
  if (!login || !/^https?:$/.test(url.protocol)) {
    throw new BankError('reply-unreadable', 'claim: no access URL');
  }
  requireHost(url, hosts, 'access');
  url.username = '';
  url.password = '';
  return { url, authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

function loginOf({ username, password }: URL): string | undefined {
  try {
    return username && `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    // A percent sign that stands for itself makes no address.
    return undefined;
  }
}

export function accessOfGrant(grant: Grant, hosts: Hosts): Access {
  const { accessUrl } = grant;
  if (!accessUrl) throw new BankError('consent-revoked', 'the grant holds no access URL');
  return accessOf(accessUrl, hosts);
}

/** Plain HTTP is for servers on this machine that are on the list. */
function requireHost({ protocol, host, hostname }: URL, hosts: Hosts, call: string): void {
  const isSafe = protocol === 'https:' || /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
  if (isSafe && hosts.has(host)) return;
  throw new BankError('provider-not-configured', `${call}: a host that is not set up`);
}

/** @param from inclusive @param to exclusive, both seconds since 1970 at midnight in UTC */
export function entriesUrl(root: URL, from: number, to: number): URL {
  const query = { version: '2', 'start-date': String(from), 'end-date': String(to), pending: '1' };
  return accountsUrl(root, query);
}

export function balancesUrl(root: URL): URL {
  return accountsUrl(root, { version: '2', 'balances-only': '1' });
}

function accountsUrl(root: URL, query: Readonly<Record<string, string>>): URL {
  const url = new URL(root);
  url.pathname = `${root.pathname.replace(/\/$/, '')}/accounts`;
  url.search = new URLSearchParams(query).toString();
  return url;
}
