/** The code of the screens that the sidebar opens seldom, without its tag: the sidebar loads it with the first of them. */
export function readScreens(): string {
  const html = HtmlService.createHtmlOutputFromFile('screens').getContent();
  return html.replace(/^\s*<script>|<\/script>\s*$/g, '');
}
