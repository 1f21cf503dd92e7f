/** Where the open-banking side stands at the bank's address. */
export const openBankingPath = '/xs2a';

/** The page on which a customer decides about a consent. */
export function authorisePath(authorisationId: string): string {
  return `/authorise/${authorisationId}`;
}
