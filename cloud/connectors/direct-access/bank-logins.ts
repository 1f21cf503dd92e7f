import { sandboxBankLogin } from './logins/sandbox-bank.ts';

/** The descriptions by the names under which settings choose them. */
export const bankLogins = { 'sandbox-bank': sandboxBankLogin } as const;
