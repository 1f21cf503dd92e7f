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
  });
}
