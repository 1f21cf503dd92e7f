import type { BundleName } from './bundle-name.ts';

/** The code of those screens without its tag: the sidebar loads it with the first of them that is opened. */
export function readScreens(bundle: BundleName): string {
  const html = HtmlService.createHtmlOutputFromFile(bundle).getContent();
  return html.replace(/^\s*<script>|<\/script>\s*$/g, '');
}
