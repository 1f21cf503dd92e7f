import type { Backtest, RuleView } from '../../../shared/suggestions.ts';
import { backtestWords } from '../tell-outcome.ts';
import type { Wording } from '../wording.ts';
import { ReceiptRows } from './receipt.tsx';

interface RuleProps {
  readonly rule: RuleView;
  readonly words: Wording;
}

/** A rule of the user's, and how it would have done. */
export function Rule({ rule, words }: RuleProps) {
  return (
    <li class="account">
      <p>{rule.sentence}</p>
      <Tested of={rule} where={`Row ${words.number(rule.index + 1)}. `} words={words} />
    </li>
  );
}

interface TestedProps {
  readonly of: Backtest;
  /** What stands before it. */
  readonly where?: string;
  readonly words: Wording;
}

/** How a rule would have done on what is posted; where the user did otherwise is shown on a click. */
export function Tested({ of, where = '', words }: TestedProps) {
  const { wrong } = of;
  const others = of.filled - of.right;
  return (
    <>
      <p class="hint">
        {where}
        {backtestWords(of, words.number)}
      </p>
      {wrong.length > 0 && (
        <details>
          <summary>
            {wrong.length < others
              ? `Show the newest ${words.number(wrong.length)}`
              : 'Show these rows'}
          </summary>
          <ReceiptRows label="Rows that you posted otherwise" rows={wrong} words={words} />
        </details>
      )}
    </>
  );
}
