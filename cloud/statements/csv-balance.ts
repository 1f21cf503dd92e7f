import type { Money } from '../../shared/money.ts';

/** What a row adds to the account, and what the account then holds. */
export interface ChainLink {
  /** Undefined where it could not be read: nothing follows from such a row. */
  readonly minor: number | undefined;
  readonly balance: number | undefined;
}

export interface BalanceChain {
  /** Balances that another one and the amounts between them lead to. */
  readonly tested: number;
  /** Of these, the ones that are as they should be. */
  readonly fits: number;
  /** The oldest row stands first. */
  readonly isAscending: boolean;
  /** Indexes of the rows whose balance does not follow. */
  readonly misfits: readonly number[];
}

/** Whether the balances of a list follow from its amounts, be the oldest row its first or its last. */
export function followBalances(links: readonly ChainLink[]): BalanceChain {
  const up = follow(links, false);
  const down = follow(links, true);
  return up.fits >= down.fits ? up : down;
}

function follow(links: readonly ChainLink[], isReversed: boolean): BalanceChain {
  let expected: number | undefined;
  let [tested, fits] = [0, 0];
  const misfits: number[] = [];
  for (let step = 0; step < links.length; step += 1) {
    const index = isReversed ? links.length - 1 - step : step;
    const { minor, balance } = links[index] ?? { minor: undefined, balance: undefined };
    expected = expected === undefined || minor === undefined ? undefined : expected + minor;
    if (balance === undefined) continue;
    if (expected !== undefined) {
      tested += 1;
      if (expected === balance) fits += 1;
      else misfits.push(index);
    }
    expected = balance;
  }
  return { tested, fits, isAscending: !isReversed, misfits };
}

/** Nine in ten are as they should be: by chance that does not happen, and single slips are the file's. */
export function isProven({ tested, fits }: Pick<BalanceChain, 'tested' | 'fits'>): boolean {
  return tested > 0 && fits * 10 >= tested * 9;
}

/** The first and last balance of a chain without a slip: before its oldest row and after its newest. */
export function endsOf(
  links: readonly ChainLink[],
  { isAscending, misfits }: BalanceChain,
  currency: string,
): { opening: Money; closing: Money } | undefined {
  const ordered = isAscending ? links : links.toReversed();
  const [first, last] = [ordered[0], ordered.at(-1)];
  const isWhole = misfits.length === 0 && links.every(({ minor }) => minor !== undefined);
  if (!isWhole || first?.balance === undefined || last?.balance === undefined) return undefined;
  const opening = first.balance - (first.minor ?? 0);
  return { opening: { minor: opening, currency }, closing: { minor: last.balance, currency } };
}
