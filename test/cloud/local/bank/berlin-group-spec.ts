import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const file = 'berlin-group-psd2-api_v1.3.11-2021-10-01v1.yaml';
const path = resolve(import.meta.dirname, '../../../../../shared/specs', file);
/** Families of headers that the standard owns: any of them must be declared for the operation. */
const ownHeaders = /^(psu-|tpp-|consent-id$|x-request-id$|aspsp-|digest$|signature$)/;

type Json = { readonly [key: string]: Json } & { readonly [key: number]: Json };

export interface BerlinGroupSpec {
  /** What a request and its answer break of the standard; empty where they keep it. */
  problemsOf(request: Request, response: Response): Promise<string[]>;
  /** Operations that were checked, as `GET /v1/accounts 200`. */
  readonly checked: Set<string>;
}

/** The standard's own description, or null, after one line on the terminal, where ../shared is absent. */
export function loadBerlinGroupSpec(): BerlinGroupSpec | null {
  if (!existsSync(path)) {
    process.stderr.write(
      `Not validated against the standard: ../shared/specs/${file} is absent.\n`,
    );
    return null;
  }
  const document = withoutBooleanBounds(parse(readFileSync(path, 'utf8'))) as Json;
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addSchema(document, 'bg');
  const checked = new Set<string>();

  function deref(pointer: string): { pointer: string; value: Json } {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce<Json | undefined>(
        (at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );
    if (!value) throw new Error(`the standard has no ${pointer}`);
    const reference = value['$ref'] as unknown;
    return typeof reference === 'string' ? deref(reference) : { pointer, value };
  }

  function validate(pointer: string, data: unknown, where: string): string[] {
    const check = ajv.getSchema(`bg${pointer}`) ?? ajv.compile({ $ref: `bg${pointer}` });
    if (check(data)) return [];
    return (check.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message}`);
  }

  function parameterProblems(pointer: string, operation: Json, request: Request): string[] {
    const url = new URL(request.url);
    const declared = Object.keys(operation['parameters'] ?? {}).map((index) =>
      deref(`${pointer}/parameters/${index}`),
    );
    const problems = declared.flatMap(({ pointer: at, value }) => {
      const name = String(value['name']);
      if (String(value['in']) === 'path') return [];
      const isHeader = String(value['in']) === 'header';
      const given = isHeader ? request.headers.get(name) : url.searchParams.get(name);
      if (given === null) return value['required'] ? [`${name} is missing`] : [];
      const type = String(deref(`${at}/schema`).value['type']);
      const data = type === 'boolean' || type === 'integer' ? JSON.parse(given) : given;
      return validate(`${at}/schema`, data, name);
    });
    const names = new Set(declared.map(({ value }) => String(value['name']).toLowerCase()));
    const strange = [...request.headers.keys(), ...url.searchParams.keys()].filter(
      (name) =>
        !names.has(name.toLowerCase()) && (url.searchParams.has(name) || ownHeaders.test(name)),
    );
    return [...problems, ...strange.map((name) => `${name} is not declared`)];
  }

  async function responseProblems(pointer: string, response: Response): Promise<string[]> {
    const answer = deref(`${pointer}/responses/${response.status}`);
    const body = await response.text();
    const requestId = response.headers.get('X-Request-ID');
    const idPointer = '#/components/headers/X-Request-ID/schema';
    const idProblems = requestId ? validate(idPointer, requestId, 'X-Request-ID') : [];
    const schema = '/content/application~1json/schema';
    if (!answer.value['content']) return body ? ['a body where there is none'] : idProblems;
    return [...idProblems, ...validate(answer.pointer + schema, JSON.parse(body), 'answer')];
  }

  return {
    checked,
    async problemsOf(request, response) {
      const place = new URL(request.url).pathname.replace(/^\/xs2a/, '');
      const template = Object.keys(document['paths'] ?? {}).find(
        (one) =>
          // Payments come first in the file, under a pattern that fits anything.
          !one.startsWith('/v1/{') &&
          new RegExp(`^${one.replace(/\{[^}]*\}/g, '[^/]+')}$`).test(place),
      );
      const method = request.method.toLowerCase();
      const operation = document['paths']?.[template ?? '']?.[method];
      if (!operation) return [`${method} ${place} is not of the standard`];
      checked.add(`${request.method} ${template} ${response.status}`);
      const pointer = `#/paths/${template?.replaceAll('/', '~1')}/${method}`;
      const problems = parameterProblems(pointer, operation, request);
      if (operation['requestBody']) {
        const body = deref(`${pointer}/requestBody`).pointer;
        const schema = `${body}/content/application~1json/schema`;
        problems.push(...validate(schema, await request.json(), 'request'));
      }
      problems.push(...(await responseProblems(pointer, response)));
      return problems.map((problem) => `${request.method} ${template}: ${problem}`);
    },
  };
}

/** OpenAPI 3.0 has `exclusiveMinimum: false` as JSON schemas once had; to ajv a bound is a number. */
function withoutBooleanBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBooleanBounds);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, one]) => !(/^exclusive(Min|Max)imum$/.test(key) && typeof one === 'boolean'),
  );
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutBooleanBounds(one)]));
}
