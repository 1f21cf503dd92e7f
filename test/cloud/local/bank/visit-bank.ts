/** What a browser shows: where it is, the status, and the page. */
export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser without JavaScript that keeps cookies, follows redirects on its host, and fills forms. */
export function createVisitor() {
  const cookies = new Map<string, string>();

  async function request(url: string, init: RequestInit = {}): Promise<Visit> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = response.headers.get('Location');
    if (location) {
      const next = new URL(location, url);
      if (next.origin === new URL(url).origin) return request(next.href);
      return { url: next.href, status: response.status, html: '', headers: response.headers };
    }
    const { status, headers } = response;
    return { url, status, html: await response.text(), headers };
  }

  return {
    cookies,
    open: (url: string) => request(url),
    /** Posts the form that goes to `action`, with its hidden fields and these. */
    async submit(
      page: Visit,
      action: string,
      fields: Readonly<Record<string, string | readonly string[]>>,
    ): Promise<Visit> {
      const form = page.html
        .split('<form')
        .find((part) => part.includes(action === '' ? 'method="post">' : `action="${action}"`));
      if (!form) throw new Error(`the page has no form for ${action || 'itself'}`);
      const body = new URLSearchParams();
      const hidden = /<input type="hidden" name="([^"]*)" value="([^"]*)"/g;
      for (const [, name = '', value = ''] of form.matchAll(hidden)) body.append(name, value);
      for (const [name, value] of Object.entries(fields)) {
        for (const one of [value].flat()) body.append(name, one);
      }
      return request(new URL(action || page.url, page.url).href, { method: 'POST', body });
    },
  };
}

/** What a customer does behind scaRedirect; the answer is the address to which the bank sends the browser. */
export async function decideAtBank(
  confirmationUrl: string,
  decision: 'allow' | 'decline',
  accounts: readonly string[] = ['current', 'savings', 'dollars'],
  login = { login: 'clara', password: 'sandbox' },
): Promise<string> {
  const visitor = createVisitor();
  const loginPage = await visitor.open(confirmationUrl);
  const consentPage = await visitor.submit(loginPage, '/login', login);
  const end = await visitor.submit(consentPage, '', { decision, account: accounts });
  return end.url;
}
