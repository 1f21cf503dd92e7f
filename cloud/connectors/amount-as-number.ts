import { z } from 'zod';

/**
 * An amount is text by the standard. Observed: Commerzbank's sandbox sends `"amount": -12.35`, a number. Read so at every
 * bank, for nothing is lost by it: JavaScript writes a number with the digits that it came with, up to 15 of them. Without
 * the rule no entry of such a bank can be read.
 */
export const decimalText = z.union([z.string().max(40), z.number()]).transform(String);
