import { type Answer, type Asked, html, json, loginScript, type Websites } from './websites.ts';

// Sites of other makes, as far as the package's readers go in them here; all is made up.

/** Isracard answers so to its login, step by step; `page` stands in the place of the page before. */
export function isracardSite(answers: {
  readonly page?: Answer;
  readonly validate?: Answer;
  readonly logon?: Answer;
}): Websites {
  const validated = {
    Header: { Status: '1' },
    ValidateIdDataBean: { returnCode: '1', userName: 'u' },
  };
  return {
    'https://digital.isracard.co.il': ({ url }) => {
      if (url.pathname === '/personalarea/Login') return answers.page ?? html('<h1>ישראכרט</h1>');
      const request = url.searchParams.get('reqName');
      if (request === 'ValidateIdData') return answers.validate ?? json(validated);
      return request === 'performLogonI' ? answers.logon : undefined;
    },
  };
}

/** Leumi, whose login ends on this page. */
export function leumiSite(last: string): Websites {
  const login = 'https://hb2.bankleumi.co.il';
  const user = 'input[placeholder="שם משתמש"]';
  const password = 'input[placeholder="סיסמה"]';
  return {
    'https://www.leumi.co.il': () => html(`<a class="enter_account" href="${login}/H/Login.html">`),
    [login]: ({ url }: Asked): Answer => {
      if (url.pathname === '/H/Login.html') {
        return html(
          `<script>setTimeout(() => { location.href = '/staticcontent/login'; }, 50)</script>`,
        );
      }
      if (url.pathname === '/staticcontent/login') {
        return html(
          `<input placeholder="שם משתמש"><input placeholder="סיסמה" type="password">
          <button type="submit">כניסה לחשבון</button>${loginScript('button', [user, password])}`,
        );
      }
      if (url.pathname === '/made-up/login') return { contentType: 'text/plain', body: '/last' };
      return html(last);
    },
  };
}

/** Hapoalim with one open account and one that is closed. */
export function hapoalimSite(account: {
  readonly balance: unknown;
  readonly transactions: readonly object[];
}): Websites {
  const origin = 'https://login.bankhapoalim.co.il';
  return {
    [origin]: ({ url }: Asked): Answer => {
      const { pathname } = url;
      if (pathname === '/cgi-bin/poalwwwc') {
        return html(
          `<input id="userCode"><input id="password" type="password">
          <button class="login-btn">כניסה</button>${loginScript('.login-btn', ['#userCode', '#password'])}`,
        );
      }
      if (pathname === '/made-up/login') {
        return { contentType: 'text/plain', body: `${origin}/ng-portals/rb/he/homepage` };
      }
      if (pathname === '/ng-portals/rb/he/homepage') {
        return html(`<script>window.bnhpApp = { restContext: '/ssb' };</script>`);
      }
      if (pathname === '/ServerServices/general/accounts') {
        const open = { bankNumber: '12', branchNumber: '600', accountNumber: '123456' };
        return json([
          { ...open, accountClosingReasonCode: 0 },
          { ...open, accountNumber: '99', accountClosingReasonCode: 4 },
        ]);
      }
      const isAsked = url.searchParams.get('accountId') === '12-600-123456';
      if (!isAsked || !pathname.startsWith('/ssb/current-account/')) return undefined;
      return pathname.endsWith('/transactions')
        ? json({ transactions: account.transactions })
        : json({ currentBalance: account.balance });
    },
  };
}

/** Cal, whose login is a frame, and whose app keeps what it was told; the rest is asked without the browser. */
export function calSite(): Websites {
  const app = 'https://digital-web.cal-online.co.il';
  const connect = 'https://connect.cal-online.co.il';
  const user = '[formcontrolname="userName"]';
  const password = '[formcontrolname="password"]';
  const kept = {
    init: { result: { cards: [{ cardUniqueId: 'card-1', last4Digits: '4711' }] } },
    'auth-module': { auth: { calConnectToken: 'made-up-token' } },
  };
  return {
    'https://www.cal-online.co.il': () =>
      html(
        `<button id="ccLoginDesktopBtn">כניסה לחשבון</button>
        <iframe src="${connect}/index.html" width="400" height="400"></iframe>`,
      ),
    [connect]: ({ url }: Asked): Answer => {
      const to = `${app}/dashboard`;
      if (url.pathname !== '/index.html') return { contentType: 'text/plain', body: to };
      return html(
        `<a id="regular-login">כניסה עם סיסמה</a>
        <regular-login><input formcontrolname="userName">
        <input formcontrolname="password" type="password"><button type="submit">כניסה</button>
        </regular-login>
        <script>fetch('/col-rest/calconnect/authentication/SSO')</script>
        ${loginScript('button', [user, password])}`,
      );
    },
    [app]: () =>
      html(
        `<script>for (const [name, value] of Object.entries(${JSON.stringify(kept)}))
          sessionStorage.setItem(name, JSON.stringify(value));</script>`,
      ),
  };
}

/** What Cal is asked beside its website: one purchase, billed in March, and one that is only held. */
export function calApi() {
  const asked: string[] = [];
  const hold = {
    merchantName: 'מאפיית דמיון',
    trnPurchaseDate: '2026-03-09T00:00:00',
    trnAmt: 7,
    trnCurrencySymbol: '$',
    trnTypeCode: '5',
    transTypeCommentDetails: [],
  };
  const purchase = {
    ...hold,
    trnIntId: '81',
    trnPurchaseDate: '2026-02-05T00:00:00',
    trnAmt: 30,
    trnCurrencySymbol: '₪',
    debCrdDate: '2026-03-10T00:00:00',
    amtBeforeConvAndIndex: 30,
    debCrdCurrencySymbol: '₪',
    numOfPayments: 0,
    curPaymentNum: 0,
  };
  const answer: typeof fetch = async (input, init) => {
    const name = new URL(String(input)).pathname.split('/').at(-1) ?? '';
    const { month, year } = JSON.parse(String(init?.body));
    asked.push(month ? `${year}-${month}` : name);
    if (name === 'GetFrameStatus') return Response.json({ result: {} });
    if (name === 'getClearanceRequests') {
      return Response.json({ statusCode: 1, result: { cardsList: [{ authDetalisList: [hold] }] } });
    }
    const debitDates = month === '3' ? [{ transactions: [purchase] }] : [];
    const bankAccounts = [{ debitDates, immidiateDebits: { debitDays: [] } }];
    return Response.json({ statusCode: 1, result: { bankAccounts } });
  };
  return { fetch: answer, asked };
}
