/** What a bank asks of its user before it goes on. Prompts are the bank's own words. */
export type Confirmation =
  | {
      readonly kind: 'redirect';
      /** The bank's own page. */
      readonly url: string;
    }
  | {
      readonly kind: 'method';
      readonly prompt: string;
      readonly methods: readonly { readonly id: string; readonly name: string }[];
    }
  | {
      /** A code (TAN) or the answer to a question in the bank's words. */
      readonly kind: 'code';
      readonly prompt: string;
      readonly format: 'digits' | 'text';
      /** Of the code, where the bank tells it. */
      readonly length?: number;
      readonly picture?: ConfirmationPicture;
    }
  | {
      /** In the bank's app, or wherever else the bank says. */
      readonly kind: 'approval';
      readonly prompt: string;
      /** How often to ask whether it was given. */
      readonly everySeconds: number;
    };

export interface ConfirmationPicture {
  readonly mimeType: 'image/png' | 'image/gif' | 'image/jpeg' | 'image/svg+xml';
  /** Base64. */
  readonly content: string;
  /** The bank's words for it. */
  readonly alt: string;
}

/** What the user says to it; `poll` asks whether an approval was given meanwhile, `returned` ends a redirect. */
export type ConfirmationAnswer =
  | {
      readonly kind: 'returned';
      /** What the bank has added to the address, by name; the browser says so, who may be anybody's. */
      readonly query?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'method'; readonly id: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'poll' };
