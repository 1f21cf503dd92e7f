/**
 * Opens a tab that cannot reach back, as long as the click counts that asked for it: some seconds in most browsers.
 * A tab opened in the click itself and given its address later would stay empty: under a page with
 * Cross-Origin-Opener-Policy, a frame of another origin gets no hold of it.
 * @returns whether the browser lets it open
 */
export function openTab(url: string): boolean {
  if (!navigator.userActivation?.isActive) return false;
  window.open(url, '_blank', 'noopener');
  return true;
}
