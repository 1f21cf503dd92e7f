import type { RulesReview } from '../../../shared/suggestions.ts';
import type { Wording } from '../wording.ts';

interface ReliabilityProps {
  readonly reliability: RulesReview['reliability'];
  readonly words: Wording;
}

/** How sure suggestions were, and how many of them were right: the surest first. */
export function Reliability({ reliability, words }: ReliabilityProps) {
  const { number, percent } = words;
  const told = reliability.filter(({ count }) => count > 0).toSorted((a, b) => b.from - a.from);
  return (
    <>
      <h2 class="part">How right it was</h2>
      {told.length === 0 && (
        <p class="hint">Nothing to count yet: each row that you post tells whether it was right.</p>
      )}
      {told.length > 0 && (
        <table>
          <tr>
            <th scope="col">When Bookfeed was</th>
            <th scope="col">it was right</th>
          </tr>
          {told.map(({ from, to, count, right }) => (
            <tr key={from}>
              <td>
                {number(from * 100)}–{percent(to)} sure
              </td>
              <td class="balance">
                {number(right)} of {number(count)}
              </td>
            </tr>
          ))}
        </table>
      )}
    </>
  );
}
