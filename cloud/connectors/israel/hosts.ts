/** Whether a host is one of these domains, or below one. */
export function isWithin(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** Addresses and names of this machine and its networks: what a page has no reason to ask for from here. */
const inside = /^(?:[\d.]+|\[.*\]|[^.]+|(?:.*\.)?(?:local|localhost|internal|lan|home\.arpa))\.?$/i;

/** Whether a page of a company may ask for this: whatever its own page loads, but for this machine and its networks. */
export function isPublic({ protocol, hostname }: URL): boolean {
  if (['data:', 'blob:', 'about:'].includes(protocol)) return true;
  return ['https:', 'wss:'].includes(protocol) && !inside.test(hostname);
}
