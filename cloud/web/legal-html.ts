import { html } from 'hono/html';
import { termsVersion } from '../core/terms.ts';
import { type Html, layout } from './page-layout.ts';

/** Step 2: the short of both texts, and the acceptance. */
export function acceptPage(): Html {
  return layout(
    'What Bookfeed does with your data',
    html`<ul class="points">
        <li><strong>It reads, and nothing else.</strong> The accounts that you choose: holder, number, balance and entries.
          It cannot pay or change anything.</li>
        <li><strong>For your book alone.</strong> Entries are kept to fill this spreadsheet. Nothing is sold, shown to
          others, or used to train anything.</li>
        <li><strong>Your login.</strong> With open banking you type it on the bank’s own page, and Bookfeed never sees it.
          With direct access you type it here; it is kept under lock, with a key of its own.</li>
        <li><strong>Every few hours, and on the record.</strong> Each access to your bank stands in a log that you can read
          in the sidebar for thirteen months.</li>
        <li><strong>You can end it at any time</strong>, with Unsync in the sidebar or at your bank. Your rows stay.</li>
      </ul>
      <form method="post" action="/connect/terms">
        <input type="hidden" name="version" value="${termsVersion}" />
        <label class="option">
          <input type="checkbox" name="accepted" value="yes" required />
          <span>I have read the <a href="/privacy" target="_blank" rel="noopener">privacy policy</a> and accept the
            <a href="/terms" target="_blank" rel="noopener">terms of use</a> (version of <span class="whole">${termsVersion}</span>).</span>
        </label>
        <p class="row end"><button>Continue</button></p>
      </form>`,
    { step: 'Your data' },
  );
}

/** The whole privacy policy; a change of it is a new version in core/terms.ts. */
export function privacyPage(): Html {
  return layout(
    'Privacy policy',
    html`<p><small>Version of ${termsVersion}</small></p>
      <h2>Who is responsible</h2>
      <p>Bookfeed is software that people run themselves. Responsible for your data is whoever runs this Bookfeed: on your own
        machine that is you; in a company or club it is who gave you its address. Ask there for a name and an address.</p>
      <h2>What is kept</h2>
      <ul class="points">
        <li>Of your bank: the accounts that you allow, with name, holder, number, balance, and the entries of those that you
          link, from the day that you choose.</li>
        <li>Of the access: what the bank gave as permission, or with direct access your login, each locked by a key of its
          own; until when it holds; a log of every access with time, cause and result, for thirteen months.</li>
        <li>Of you: an id from Google, and the email address to which Bookfeed writes when a bank needs you. When you accepted
          these texts, and in which version.</li>
        <li>Of your book: what Bookfeed wrote into it, to know it again, and which counter-accounts you chose, to suggest
          them.</li>
      </ul>
      <h2>Where it goes</h2>
      <p>Into your spreadsheet, and to your bank the questions that bring it. To nobody else, but for the companies whose
        machines this Bookfeed runs on (Google, where it runs on Firebase) and, for banks that are reached through one, the
        provider that stands in their name in the list. Nothing is sold, and nothing is used for advertising or to train
        models for others. While you are at your browser, the bank is told its address, as the law
        wants it; it is kept for the minutes that this takes.</p>
      <h2>For how long</h2>
      <p>Until you take a bank out (Unsync): then the permission is given back and the login is deleted at once. Entries that
        are in your book stay yours. Links to this page end after a quarter of an hour, what you type into it after an hour.</p>
      <h2>Your rights</h2>
      <p>To see, correct, take away and delete what is kept about you: ask whoever runs this Bookfeed. You can complain to the
        data protection authority of your country.</p>
      <h2>Cookies</h2>
      <p>One, to know your browser on its way through these pages, for an hour. No other, and no script from anywhere else.</p>`,
  );
}

/** The whole terms of use. */
export function termsPage(): Html {
  return layout(
    'Terms of use',
    html`<p><small>Version of ${termsVersion}</small></p>
      <h2>What you get</h2>
      <p>Bookfeed reads your bank accounts and writes their entries into your spreadsheet as drafts. You look at them and decide
        what becomes of them. It is no bank, makes no payments, and gives no advice on money or taxes.</p>
      <h2>What you confirm</h2>
      <ul class="points">
        <li>The accounts that you connect are yours, or you may act for who owns them.</li>
        <li>You may give your login to a program, where you choose direct access: your bank’s terms say so.</li>
        <li>Who may edit the spreadsheet sees what stands in it: you choose with whom you share it.</li>
      </ul>
      <h2>What may go wrong</h2>
      <p>Banks are late, change their pages, and send what they send. Bookfeed compares the balance after every sync and says when
        it does not tie; it does not promise that every entry is there in time. It comes as it is, without warranty, as its
        license (MIT) says; whoever runs it answers for intent and gross negligence, and for what the law does not let anyone
        exclude.</p>
      <h2>How it ends</h2>
      <p>Whenever you like: Unsync in the sidebar, or take the permission back at your bank. Who runs this Bookfeed may end it,
        too, and tells you before.</p>
      <h2>Changes</h2>
      <p>A change of these texts has a new date; it counts for you once you have accepted it, when you next connect or renew a
        bank.</p>`,
  );
}
