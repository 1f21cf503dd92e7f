/** Runs code in the page: a script of its own, since neither Google nor the local page lets text be evaluated. */
export function runScript(code: string): void {
  const script = document.createElement('script');
  script.textContent = code;
  document.head.append(script);
}
