import type { BankTraits } from '../../../cloud/local/bank/traits.ts';

// Made-up banks as `GET /aspsps` lists them; the first is the Sandbox Bank.

export const sandboxBank = { name: 'Sandbox Bank', country: 'DE' } as const;

export function listBanks(traits: BankTraits, requiredHeaders: readonly string[]) {
  const common = { logo: 'https://logos.example/bank.png', beta: false };
  return [
    {
      ...sandboxBank,
      ...common,
      psu_types: ['personal', 'business'],
      auth_methods: [
        { psu_type: 'personal', approach: 'REDIRECT', hidden_method: false },
        { psu_type: 'business', approach: 'REDIRECT', hidden_method: false },
      ],
      maximum_consent_validity: traits.consentDays * 86_400,
      bic: 'SANDDEFFXXX',
      required_psu_headers: requiredHeaders,
    },
    {
      name: 'Pöhjola Pankki',
      country: 'FI',
      ...common,
      psu_types: ['personal', 'business'],
      auth_methods: [
        { name: 'MTA', psu_type: 'business', approach: 'REDIRECT', hidden_method: false },
        { name: 'app', psu_type: 'personal', approach: 'DECOUPLED', hidden_method: false },
      ],
      maximum_consent_validity: 15_552_000,
    },
    {
      name: 'Kontor',
      country: 'SE',
      ...common,
      psu_types: ['business'],
      auth_methods: [{ psu_type: 'business', approach: 'REDIRECT', hidden_method: false }],
      maximum_consent_validity: 7_776_000,
    },
  ];
}
