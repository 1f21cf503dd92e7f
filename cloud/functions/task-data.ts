import { z } from 'zod';

/** What a task of syncConnection carries. */
export const syncTask = z.object({
  connectionId: z.string(),
  cause: z.enum(['scheduled', 'manual', 'connected', 'historical']),
});

/** What a task of deliverBook carries. */
export const deliverTask = z.object({ bookId: z.string() });
