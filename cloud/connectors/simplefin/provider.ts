import { z } from 'zod';
import { defineProvider } from '../provider.ts';
import { createSimplefin } from './connector.ts';

export const simplefin = defineProvider({
  id: 'simplefin',
  name: 'SimpleFIN Bridge',
  covers: 'banks in the US and Canada, for users of the SimpleFIN Bridge',
  settings: z.object({
    /** Hosts of further SimpleFIN servers, with commas between them; the Bridge's are always there. */
    BOOKFEED_SIMPLEFIN_HOSTS: z
      .string()
      .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
      .refine((hosts) => hosts.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/.test(host)), {
        message: 'is no list of hosts as simplefin.example.org, with commas between them',
      })
      .optional(),
  }),
  create: ({ BOOKFEED_SIMPLEFIN_HOSTS: hosts = [] }, { fetch, clock }) =>
    createSimplefin({ fetch, clock, hosts }),
});
