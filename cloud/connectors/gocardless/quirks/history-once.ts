/**
 * Banks that give more than 90 days once, right after the user's consent, and want another consent
 * to go on. An agreement for longer then shows what was fetched that first day, and nothing new
 * ever after. GoCardless tells it by the feature `separate_continuous_history_consent`, since May
 * 2026 (actualbudget/actual#7890); these are the banks that its help centre named before, for where
 * the feature is missing. What breaks without the rule: no entry comes after the first sync. Not
 * tried against the banks.
 */
const banks: ReadonlySet<string> = new Set([
  'BBVA_BBVAESMM',
  'CAIXABANK_CAIXESBB',
  'N26_NTSBDEB1',
  'REVOLUT_REVOLT21',
  'SANTANDER_BSCHESMM',
  'SANTANDER_DE_SCFBDE33',
  'SEB_CBVILT2X',
  'SEB_EEUHEE2X',
  'SEB_UNLALV2X',
  'SWEDBANK_HABAEE2X',
  'SWEDBANK_HABALT22',
  'SWEDBANK_HABALV22',
]);

/** The most days that are safe to ask for at any bank. */
export const safeHistoryDays = 90;

/** Whether a bank gives long history once alone. */
export function givesHistoryOnce(id: string, features: readonly string[] = []): boolean {
  return features.includes('separate_continuous_history_consent') || banks.has(id);
}
