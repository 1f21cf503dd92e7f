import { type Answer, type Asked, html, json, loginScript, type Websites } from './websites.ts';

// Max as the package's reader sees it, in the shapes that it reads; all names and sums are made up.

const welcome = 'https://www.max.co.il';

export interface MaxSite {
  readonly username: string;
  readonly password: string;
  /** Where a login leads that is right. */
  readonly home?: string;
  /** By month of the debit: `2026-3`. */
  readonly months: Readonly<Record<string, readonly object[]>>;
  readonly onLogin?: () => void;
}

export function maxSite(site: MaxSite): Websites {
  const { home = `${welcome}/homepage/personal` } = site;
  const allowed = {
    'Access-Control-Allow-Origin': welcome,
    'Access-Control-Allow-Credentials': 'true',
  };

  function answerPage({ url, body }: Asked): Answer {
    if (url.pathname === '/made-up/login') {
      site.onLogin?.();
      const isRight = `${body['values']}` === `${[site.username, site.password]}`;
      return { contentType: 'text/plain', body: isRight ? home : '#popupWrongDetails' };
    }
    if (url.pathname !== '/login') return html('<h1>max</h1>');
    return html(
      `<div class="personal-area"><a class="go-to-personal-area" href="#area">לאזור האישי</a></div>
      <a id="login-password-link" href="#password">כניסה עם סיסמה</a>
      <div id="login-password" class="tab-pane active"><app-user-login-form>
        <input id="user-name"><input id="password" type="password">
        <button class="general-button send-me-code">כניסה</button>
      </app-user-login-form></div>
      <div id="popupWrongDetails" hidden>הפרטים שגויים</div>
      ${loginScript('.send-me-code', ['#user-name', '#password'])}`,
    );
  }

  function answerApi({ url }: Asked): Answer {
    if (url.pathname === '/api/contents/getCategories') return json({ result: [] }, allowed);
    if (!url.pathname.endsWith('/getTransactionsAndGraphs')) return undefined;
    const { date = '' } = JSON.parse(url.searchParams.get('filterData') ?? '{}');
    const month = /^(\d{4}-\d{1,2})-01$/.exec(date)?.[1] ?? '';
    return json({ result: { transactions: site.months[month] ?? [] } }, allowed);
  }

  return { [welcome]: answerPage, 'https://onlinelcapi.max.co.il': answerApi };
}

export function deal(more: object = {}) {
  return {
    shortCardNumber: '4580',
    planName: 'רגילה',
    planTypeId: 5,
    categoryId: 1,
    merchantName: ' קפה דמיון ',
    purchaseDate: '2026-03-01T00:00:00',
    paymentDate: '2026-03-10T00:00:00',
    originalAmount: 18.5,
    originalCurrency: 'ILS',
    actualPaymentAmount: 18.5,
    paymentCurrency: 376,
    comments: '',
    dealData: { arn: '70000000000000000000001' },
    ...more,
  };
}
