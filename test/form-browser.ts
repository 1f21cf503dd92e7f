/** A page as it came. */
export interface FormPage {
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

/**
 * A browser of the oldest kind: follows redirects, keeps cookies by host name whatever the port, as browsers do, and
 * submits forms with their hidden fields. No script runs: what it can walk works without.
 */
export function createFormBrowser() {
  const cookies = new Map<string, Map<string, string>>();
  let page: FormPage = { url: 'about:blank', status: 0, html: '' };

  async function go(address: string, init: RequestInit = {}): Promise<FormPage> {
    let [url, request] = [new URL(address), init];
    for (let hop = 0; hop < 10; hop++) {
      const own = cookies.get(url.hostname) ?? new Map<string, string>();
      cookies.set(url.hostname, own);
      const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { ...request.headers, ...(cookie && { cookie }) };
      const response = await fetch(url, { ...request, headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value) own.set(name, value);
        else own.delete(name);
      }
      const location = response.headers.get('location');
      if (!location) {
        page = { url: url.href, status: response.status, html: await response.text() };
        return page;
      }
      await response.arrayBuffer();
      [url, request] = [new URL(location, url), {}];
    }
    throw new Error('more than ten redirects');
  }

  return {
    page: () => page,
    open: (url: string) => go(url),
    /** Submits the form whose button says `button`, as the user would fill it in. */
    async submit(button: RegExp, values: Readonly<Record<string, string>> = {}): Promise<FormPage> {
      for (const [, attributes = '', inside = ''] of page.html.matchAll(
        /<form([^>]*)>(.*?)<\/form>/gs,
      )) {
        const pressed = [...inside.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].find(
          ([, , label = '']) => button.test(label.replace(/<[^>]*>/g, ' ')),
        );
        if (!pressed) continue;
        const fields = new URLSearchParams();
        for (const [, input = ''] of inside.matchAll(/<input([^>]*)>/g)) {
          const name = attribute(input, 'name');
          const isOff = /type="(checkbox|radio)"/.test(input) && !/\bchecked\b/.test(input);
          if (name && !isOff) fields.append(name, attribute(input, 'value'));
        }
        const pressedName = attribute(pressed[1] ?? '', 'name');
        if (pressedName) fields.set(pressedName, attribute(pressed[1] ?? '', 'value'));
        for (const [name, value] of Object.entries(values)) fields.set(name, value);
        const action = new URL(attribute(attributes, 'action') || page.url, page.url);
        if (!/method="post"/i.test(attributes))
          return go(`${action.origin}${action.pathname}?${fields}`);
        const headers = {
          origin: action.origin,
          'content-type': 'application/x-www-form-urlencoded',
        };
        return go(action.href, { method: 'POST', body: fields.toString(), headers });
      }
      throw new Error(`no form with a button ${button} at ${page.url}`);
    },
  };
}

function attribute(tag: string, name: string): string {
  const [, value = ''] = new RegExp(`\\b${name}="([^"]*)"`).exec(tag) ?? [];
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
