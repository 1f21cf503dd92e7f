import { type Answer, type Asked, html, json, loginScript, type Websites } from './websites.ts';

// Discount Bank as the package's reader sees it, in the shapes that it reads; all names and sums are made up.

const origin = 'https://start.telebank.co.il';

export interface DiscountSite {
  readonly id: string;
  readonly password: string;
  readonly num: string;
  /** Where a login leads that is right. */
  readonly home?: string;
  /** By account. */
  readonly accounts: Readonly<Record<string, unknown>>;
  /** In the place of an answer, by its path. */
  readonly instead?: Readonly<Record<string, Answer>>;
  readonly onLogin?: () => void;
}

export function discountSite(site: DiscountSite): Websites {
  const { home = `${origin}/apollo/retail/#/MY_ACCOUNT_HOMEPAGE`, accounts } = site;
  const api = '/Titan/gatewayAPI';

  function answer({ url, body }: Asked): Answer {
    const { pathname } = url;
    const instead = Object.entries(site.instead ?? {}).find(([path]) => pathname.startsWith(path));
    if (instead) return instead[1];
    if (pathname === '/login/') {
      return html(
        `<input id="tzId"><input id="tzPassword" type="password"><input id="aidnum">
        <button class="sendBtn">כניסה</button>
        ${loginScript('.sendBtn', ['#tzId', '#tzPassword', '#aidnum'])}`,
      );
    }
    if (pathname === '/made-up/login') {
      site.onLogin?.();
      const isRight = `${body['values']}` === `${[site.id, site.password, site.num]}`;
      const refused = `${origin}/apollo/core/templates/lobby/masterPage.html#/LOGIN_PAGE`;
      return { contentType: 'text/plain', body: isRight ? home : refused };
    }
    if (pathname.startsWith('/apollo/')) return html('<h1>דיסקונט</h1>');
    if (pathname === `${api}/userAccountsData`) {
      const shown = Object.keys(accounts).map((AccountID) => ({ NewAccountInfo: { AccountID } }));
      return json({ UserAccountsData: { UserAccounts: shown } });
    }
    const [, account = ''] =
      /^\/Titan\/gatewayAPI\/lastTransactions\/([^/]+)\/Date$/.exec(pathname) ?? [];
    if (!(account in accounts) || !/^\d{8}$/.test(url.searchParams.get('FromDate') ?? '')) return;
    return json({ CurrentAccountLastTransactions: accounts[account] });
  }

  return { [origin]: answer };
}

export function operation(
  OperationDate: string,
  OperationAmount: number,
  OperationDescriptionToDisplay: string,
  more: object = {},
) {
  const OperationNumber = 1_000;
  const ValueDate = OperationDate;
  return {
    OperationNumber,
    OperationDate,
    ValueDate,
    OperationAmount,
    OperationDescriptionToDisplay,
    ...more,
  };
}
