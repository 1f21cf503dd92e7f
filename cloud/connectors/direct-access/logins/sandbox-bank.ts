import type { BankLogin, Place } from '../bank-login.ts';

/** The Sandbox Bank's online banking. */
export const sandboxBankLogin: BankLogin = {
  credentials: [
    { name: 'login', label: 'Login name', kind: 'text' },
    { name: 'password', label: 'Password', kind: 'password' },
  ],
  hosts: [],
  locale: 'de-DE',
  drawsForMs: 0,
  confirmationMs: 5 * 60_000,
  deviceCookies: ['sandbox_bank_device'],
  form: {
    path: '/',
    fields: { login: '#login [name=login]', password: '#login [name=password]' },
    ticks: ['#login [name=device]'],
    submit: '#login button',
  },
  logOut: 'form[action="/logout"] button',
  pages: {
    method: 'main[data-step=method]',
    code: 'main[data-step=code]',
    approval: 'main[data-step=approval]',
    login: '#login',
    accounts: '#accounts',
    account: '#details',
    entries: '#entries',
    inside: 'form[action="/logout"]',
  },
  refusals: {
    '[data-code=login-wrong]': 'login-rejected',
    '[data-code=login-locked]': 'account-locked',
    '[data-code=access-ended]': 'consent-expired',
    '[data-code=access-revoked]': 'consent-revoked',
    '[data-code=code-wrong]': 'code-rejected',
    '[data-code=confirmation-over]': 'confirmation-expired',
    '[data-code=confirmation-declined]': 'confirmation-declined',
    '[data-code=account-gone]': 'account-gone',
    '[data-code=period-not-available]': 'period-not-available',
  },
  earliest: { select: '[data-earliest]', attribute: 'data-earliest' },
  method: {
    prompt: { select: '#prompt, #method legend' },
    options: {
      rows: '#method .choice',
      fields: { id: { select: '[name=method]', attribute: 'value' }, name: { select: 'label' } },
    },
    submit: '#method button',
  },
  code: {
    prompt: { select: '#prompt' },
    field: '#code [name=code]',
    inputMode: { select: '#code [name=code]', attribute: 'inputmode' },
    length: { select: '#code [name=code]', attribute: 'maxlength' },
    picture: { select: '#challenge', attribute: 'src' },
    pictureAlt: { select: '#challenge', attribute: 'alt' },
    submit: '#code button',
  },
  approval: {
    prompt: { select: '#prompt' },
    everySeconds: { select: 'main', attribute: 'data-every-seconds' },
  },
  accounts: {
    path: '/accounts',
    rows: '#accounts tr[data-id]',
    fields: {
      id: { attribute: 'data-id' },
      type: { attribute: 'data-type' },
      currency: { attribute: 'data-currency' },
      name: field('name'),
      holder: field('holder'),
      product: field('product'),
      iban: field('iban'),
      mask: field('mask'),
    },
  },
  knownUntil: { select: '#remembered', attribute: 'data-until' },
  account: {
    path: '/accounts/{id}',
    rows: '#details',
    fields: { booked: field('booked'), available: field('available') },
  },
  entries: {
    path: '/accounts/{id}/entries',
    from: 'from',
    to: 'to',
    order: 'oldest-first',
    next: { select: 'a[rel=next]', attribute: 'href' },
    total: { select: '#count', attribute: 'data-total' },
    rows: '#entries tr[data-status]',
    fields: {
      status: { attribute: 'data-status' },
      reference: { attribute: 'data-reference' },
      booking: field('booking'),
      value: field('value'),
      counterparty: { ...field('counterparty'), isAsIs: true },
      account: field('account'),
      text: { ...field('text'), isAsIs: true },
      amount: field('amount'),
      original: field('original'),
      balance: field('balance'),
    },
  },
};

function field(name: string): Place {
  return { select: `[data-field=${name}]` };
}
