/** A tab opened before its address is known. */
export interface ConnectTab {
  go(url: string): void;
  close(): void;
}

/** Opens a tab, in a click alone; where the browser blocks it, nothing happens and the link in the sidebar is left. */
export function openConnectTab(): ConnectTab {
  const tab = window.open('about:blank', '_blank');
  if (tab) {
    tab.document.title = 'Bookfeed';
    tab.document.body.textContent = 'Opening Bookfeed…';
  }
  return {
    go(url) {
      if (!tab || tab.closed) return;
      // The page of a bank must not reach back into the spreadsheet's.
      tab.opener = null;
      tab.location.replace(url);
    },
    close: () => tab?.close(),
  };
}
