import { loadOpenApi, type OpenApi } from '../../../openapi.ts';

/** The standard's own description, or null, after one line on the terminal, where ../shared is absent. */
export function loadBerlinGroupSpec(): OpenApi | null {
  return loadOpenApi({
    file: 'berlin-group-psd2-api_v1.3.11-2021-10-01v1.yaml',
    name: 'the standard',
    basePath: '/xs2a',
    ownHeaders: /^(psu-|tpp-|consent-id$|x-request-id$|aspsp-|digest$|signature$)/,
    // Payments come first in the file, under a pattern that fits anything.
    isOther: (template) => template.startsWith('/v1/{'),
    mend: withBodiesThatOverlap,
  });
}

/** What it lists under `oneOf` are bodies of which several can fit; among them `{}`, which means one without anything. */
function withBodiesThatOverlap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBodiesThatOverlap);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key !== 'oneOf' || !Array.isArray(one)) return [key, withBodiesThatOverlap(one)];
      const bodies = one.map((body) => (Object.keys(body).length === 0 ? nothing : body));
      return ['anyOf', bodies.map(withBodiesThatOverlap)];
    }),
  );
}

const nothing = { type: 'object', maxProperties: 0 };
