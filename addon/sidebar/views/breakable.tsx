/** A path that wraps after its colons. */
export function breakable(path: string) {
  return path.split(':').flatMap((part, at) => (at === 0 ? [part] : [':', <wbr key={at} />, part]));
}
