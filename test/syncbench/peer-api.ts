/** What is used of `@actual-app/api`. Days are YYYY-MM-DD, amounts integers of the smallest unit. */
export interface ActualApi {
  init(config: { readonly dataDir: string; readonly verbose: boolean }): Promise<ActualEngine>;
  createAccount(account: { readonly name: string }): Promise<string>;
  runBankSync(args: { readonly accountId: string }): Promise<void>;
  importTransactions(
    accountId: string,
    transactions: readonly NewTransaction[],
    options: {
      readonly defaultCleared: boolean;
      readonly reimportDeleted: boolean;
      readonly payeeNameNormalization: 'original';
    },
  ): Promise<{ readonly errors: readonly { readonly message: string }[] }>;
  addTransactions(accountId: string, transactions: readonly NewTransaction[]): Promise<unknown>;
  getTransactions(
    accountId: string,
    from: string,
    to: string,
  ): Promise<readonly ActualTransaction[]>;
  getPayees(): Promise<readonly Named[]>;
  createPayee(payee: { readonly name: string }): Promise<string>;
  getCategories(): Promise<readonly Named[]>;
  createCategory(category: { readonly name: string; readonly group_id: string }): Promise<string>;
  createCategoryGroup(group: { readonly name: string }): Promise<string>;
}

/** The engine's own calls, for what the API has no function for, or one that does not wait until it is done. */
export interface ActualEngine {
  send(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ActualTransaction {
  readonly id: string;
  readonly account: string;
  readonly date: string;
  readonly amount: number;
  /** Ids, as category. */
  readonly payee: string | null;
  readonly category: string | null;
  readonly notes: string | null;
  /** What the bank named, at the last time that it matched. */
  readonly imported_payee: string | null;
  /** False while the bank has it pending. */
  readonly cleared: boolean;
  /** Locked: a sync leaves it alone. */
  readonly reconciled: boolean;
  /** The sum with which the account begins. */
  readonly starting_balance_flag: boolean;
}

export type TransactionFields = Partial<
  Pick<
    ActualTransaction,
    'account' | 'date' | 'amount' | 'payee' | 'category' | 'notes' | 'cleared' | 'reconciled'
  >
>;

export interface NewTransaction {
  readonly account: string;
  readonly date: string;
  readonly amount: number;
  readonly payee_name?: string;
  readonly imported_payee?: string;
  readonly imported_id?: string;
  readonly category?: string | null;
  readonly notes?: string | null;
  readonly cleared?: boolean;
}
