import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A page of the bank: its name, that it is made up, and the content. */
export function bankPage(
  title: string,
  content: Markup,
  customer?: BankPageCustomer,
  marks?: PageMarks,
): Markup {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Sandbox Bank</title>
    <link rel="icon" href="data:,">
    <style>${raw(style)}</style>
  </head>
  <body>
    <header>
      <div class="bar">
        <a class="bank" href="/"><span aria-hidden="true">▥</span> Sandbox Bank</a>
        ${customer && logoutForm(customer)}
      </div>
    </header>
    <p class="madeup">This bank is made up, for trying things out. No money moves here.</p>
    <main${marks && marksOf(marks)}>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>`;
}

/** What tells a program what the page is about, whatever its words. */
export interface PageMarks {
  readonly step: string;
  /** How often the page is to be looked at again, where something may happen elsewhere. */
  readonly everySeconds?: number;
}

function marksOf({ step, everySeconds }: PageMarks): Markup {
  return html` data-step="${step}"${everySeconds && html` data-every-seconds="${everySeconds}"`}`;
}

export interface BankPageCustomer {
  readonly name: string;
  readonly formToken: string;
}

/** Goes into every form that a session posts. */
export function formTokenField(formToken: string): Markup {
  return html`<input type="hidden" name="formToken" value="${formToken}">`;
}

/** Something that the user must read before going on; a program goes by the code. */
export function alertBox(text: string, code?: string): Markup {
  return html`<p class="alert" role="alert"${code && html` data-code="${code}"`}>${text}</p>`;
}

function logoutForm({ name, formToken }: BankPageCustomer): Markup {
  return html`<form method="post" action="/logout" class="logout">
    ${formTokenField(formToken)}
    <span>${name}</span>
    <button class="plain">Log out</button>
  </form>`;
}

const style = `
:root { --ink: #16302b; --pine: #0f4c3f; --paper: #f6f3ea; --line: #c9c2ae; --gold: #ffe9a8; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 Georgia, 'Times New Roman', serif; }
header { background: var(--pine); color: #fff; }
.bar { max-width: 960px; margin: 0 auto; padding: 12px 16px; display: flex; flex-wrap: wrap; gap: 8px 16px;
  align-items: center; justify-content: space-between; }
.bank { color: #fff; font-size: 20px; font-weight: bold; text-decoration: none; }
.madeup { margin: 0; padding: 8px 16px; background: var(--gold); text-align: center; }
main { max-width: 960px; margin: 0 auto; padding: 8px 16px 48px; }
main:has(.narrow) { max-width: 492px; }
main:has(.wide), body:has(.wide) .bar { max-width: 1240px; }
h1 { font-size: 26px; font-weight: normal; margin: 24px 0 16px; }
h2 { font-size: 19px; margin: 0; }
section { background: #fff; border: 1px solid var(--line); padding: 16px; margin: 0 0 16px; }
label { display: block; margin: 12px 0 4px; }
.choice { display: flex; gap: 8px; align-items: baseline; margin: 8px 0; }
.choice input { flex: none; }
input[type=text], input[type=password], input[type=date], select { width: 100%; padding: 9px 10px; font: inherit; color: inherit;
  background: #fff; border: 1px solid #777; border-radius: 0; }
fieldset { border: 0; margin: 12px 0 0; padding: 0; }
legend { padding: 0; }
button { font: inherit; padding: 9px 18px; border: 1px solid var(--pine); background: var(--pine); color: #fff;
  cursor: pointer; }
button.plain { background: transparent; color: inherit; border-color: currentColor; }
button.small { padding: 2px 10px; font-size: 14px; }
:focus-visible { outline: 3px solid #d08700; outline-offset: 2px; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
.logout { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; margin: 0; }
.alert { border-left: 4px solid #a3200d; background: #fff; padding: 10px 12px; }
.done { border-left: 4px solid var(--pine); background: #fff; padding: 10px 12px; }
.account { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; }
.note, td small { color: #55605d; font-size: 14px; }
.account .amount { margin-left: auto; }
table { width: 100%; border-collapse: collapse; margin-top: 12px; }
th { text-align: left; font-size: 14px; font-weight: normal; color: #55605d; }
th, td { padding: 6px 12px 6px 0; border-top: 1px solid #e4dfd0; vertical-align: top; overflow-wrap: anywhere; }
td.day { white-space: nowrap; }
.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
:is(td, th).amount { padding-left: 12px; }
:is(td, th).amount:last-child { padding-right: 0; }
td a + a { margin-left: 8px; }
.columns { display: grid; gap: 0 16px; }
.asis { white-space: pre-wrap; }
.period { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; }
.period p, .period label { margin: 0; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 24px; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 1099px) {
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked, .stacked tbody, .stacked tr, .stacked td { display: block; }
  table.stacked { margin: 0; }
  .stacked tr + tr { border-top: 1px solid #e4dfd0; }
  .stacked tr { padding: 10px 0; }
  .stacked td { border: 0; padding: 0; }
  .stacked td:empty { display: none; }
  .stacked td::before { color: #55605d; font-size: 14px; }
  .stacked [data-field=booking]::before { content: 'Booked '; }
  .stacked [data-field=value]::before { content: 'Value date '; }
  .stacked [data-field=original]::before { content: 'Original '; }
  .stacked [data-field=balance]::before { content: 'Balance '; }
}
@media (min-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr) 320px; align-items: start; } }
`;
