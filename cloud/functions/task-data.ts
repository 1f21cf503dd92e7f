import { z } from 'zod';

/** What a task of syncConnection carries. */
export const syncTask = z.object({
  connectionId: z.string(),
  cause: z.enum(['scheduled', 'manual', 'connected', 'historical', 'notified']),
  user: z
    .object({ ipAddress: z.string(), userAgent: z.string().optional(), until: z.string() })
    .transform(({ userAgent, ...user }) => ({ ...user, ...(userAgent && { userAgent }) }))
    .optional(),
});

/** What a task of deliverBook carries. */
export const deliverTask = z.object({ bookId: z.string() });

/** What a task of importFile carries. */
export const importTask = z.object({ fileKey: z.string() });

/** What a task of sendMail carries. */
export const mailTask = z.object({ mailId: z.string() });
