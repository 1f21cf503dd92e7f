import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Json = { readonly [key: string]: Json } & { readonly [key: number]: Json };

/** A provider's own description of its interface. */
export interface OpenApi {
  /** What a request and its answer break of the description; empty where they keep it. */
  problemsOf(request: Request, response: Response): Promise<string[]>;
  /** Operations that were checked, as `GET /v1/accounts 200`. */
  readonly checked: Set<string>;
}

export interface OpenApiOptions {
  /** In ../shared/specs. */
  readonly file: string;
  /** As `the standard`. */
  readonly name: string;
  /** What stands before the paths of the description. */
  readonly basePath?: string;
  /**
   * Families of headers that the description owns: any of them must be declared for the operation.
   */
  readonly ownHeaders: RegExp;
  /** Paths of the description that are left aside. */
  readonly isOther?: (template: string) => boolean;
  /** The parsed description as it is meant, where it does not say so. */
  readonly mend?: (document: unknown) => unknown;
}

/** The description, or null, after one line on the terminal, where ../shared is absent. */
export function loadOpenApi(options: OpenApiOptions): OpenApi | null {
  const { file, name, basePath = '', isOther = () => false, mend = (it) => it } = options;
  const path = resolve(import.meta.dirname, '../../shared/specs', file);
  if (!existsSync(path)) {
    process.stderr.write(`Not validated against ${name}: ../shared/specs/${file} is absent.\n`);
    return null;
  }
  const document = withoutBooleanBounds(mend(parse(readFileSync(path, 'utf8')))) as Json;
  const schemas = createSchemas(document, name);
  const templates = Object.keys(document['paths'] ?? {}).filter((one) => !isOther(one));
  const checked = new Set<string>();

  return {
    checked,
    async problemsOf(request, response) {
      const place = new URL(request.url).pathname.slice(basePath.length);
      const template = templates.find((one) => patternOf(one).test(place)) ?? '';
      const method = request.method.toLowerCase();
      const pointer = `#/paths/${template.replaceAll('/', '~1')}/${method}`;
      const operation = document['paths']?.[template]?.[method];
      if (!operation) return [`${method} ${place} is not of ${name}`];
      checked.add(`${request.method} ${template} ${response.status}`);
      const problems = [
        ...parameterProblems(schemas, pointer, request, place, template),
        ...strangeParameters(schemas, pointer, request, options.ownHeaders),
        ...(await bodyProblems(schemas, pointer, request)),
        ...(await responseProblems(schemas, pointer, response)),
      ];
      return problems.map((problem) => `${request.method} ${template}: ${problem}`);
    },
  };
}

type Schemas = ReturnType<typeof createSchemas>;

function createSchemas(document: Json, name: string) {
  const isNewer = String(document['openapi']).startsWith('3.1');
  const AjvOfVersion = isNewer ? Ajv2020 : Ajv;
  const ajv = new AjvOfVersion({ strict: false, allErrors: true, validateSchema: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addFormat('uuid4', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  // No format of JSON Schema; said of a Location, which may be relative (RFC 9110, 10.2.2).
  ajv.addFormat('url', true);
  ajv.addSchema(document, 'api');

  /** Undefined where the description has none. */
  function find(pointer: string): { pointer: string; value: Json } | undefined {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce<Json | undefined>(
        (at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );
    const reference = value?.['$ref'] as unknown;
    if (typeof reference === 'string') return find(reference);
    return value && { pointer, value };
  }

  return {
    find,

    get(pointer: string): { pointer: string; value: Json } {
      const found = find(pointer);
      if (!found) throw new Error(`${name} has no ${pointer}`);
      return found;
    },

    problems(pointer: string, data: unknown, where: string): string[] {
      const check = ajv.getSchema(`api${pointer}`) ?? ajv.compile({ $ref: `api${pointer}` });
      if (check(data)) return [];
      return (check.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message}`);
    },
  };
}

function parametersOf(schemas: Schemas, pointer: string) {
  const listed = schemas.get(pointer).value['parameters'] ?? {};
  return Object.keys(listed).map((index) => {
    const { pointer: at, value } = schemas.get(`${pointer}/parameters/${index}`);
    const type = String(schemas.get(`${at}/schema`).value['type']);
    return { at, type, name: String(value['name']), in: String(value['in']), value };
  });
}

function parameterProblems(
  schemas: Schemas,
  pointer: string,
  request: Request,
  place: string,
  template: string,
): string[] {
  const url = new URL(request.url);
  const inPath = patternOf(template).exec(place)?.slice(1) ?? [];
  const pathNames = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  return parametersOf(schemas, pointer).flatMap(({ at, type, name, in: where, value }) => {
    const inQuery = where === 'query' ? url.searchParams.get(name) : request.headers.get(name);
    const segment = decodeURIComponent(inPath[pathNames.indexOf(name)] ?? '');
    const given = where === 'path' ? segment : inQuery;
    if (given === null) return value['required'] ? [`${name} is missing`] : [];
    return schemas.problems(`${at}/schema`, typed(given, type), name);
  });
}

/** Header and query have texts alone. */
function typed(given: string, type: string): unknown {
  return type === 'boolean' || type === 'integer' ? JSON.parse(given) : given;
}

function strangeParameters(
  schemas: Schemas,
  pointer: string,
  request: Request,
  ownHeaders: RegExp,
): string[] {
  const { searchParams } = new URL(request.url);
  const names = new Set(parametersOf(schemas, pointer).map(({ name }) => name.toLowerCase()));
  return [...request.headers.keys(), ...searchParams.keys()]
    .filter((name) => !names.has(name.toLowerCase()))
    .filter((name) => searchParams.has(name) || ownHeaders.test(name))
    .map((name) => `${name} is not declared`);
}

async function bodyProblems(schemas: Schemas, pointer: string, request: Request) {
  const declared = schemas.find(`${pointer}/requestBody`);
  if (!declared) return [];
  const schema = `${declared.pointer}/content/application~1json/schema`;
  return schemas.problems(schema, await request.json(), 'request');
}

async function responseProblems(schemas: Schemas, pointer: string, response: Response) {
  const answer = schemas.find(`${pointer}/responses/${response.status}`);
  const body = await response.text();
  if (!answer) return [`an answer with ${response.status}`];
  const inHeaders = Object.keys(answer.value['headers'] ?? {}).flatMap((name) => {
    const given = response.headers.get(name);
    if (given === null) return [];
    const { pointer: at } = schemas.get(`${answer.pointer}/headers/${name}`);
    const type = String(schemas.get(`${at}/schema`).value['type']);
    return schemas.problems(`${at}/schema`, typed(given, type), name);
  });
  if (!answer.value['content']) return body ? ['a body where there is none'] : inHeaders;
  const schema = `${answer.pointer}/content/application~1json/schema`;
  return [...inHeaders, ...schemas.problems(schema, JSON.parse(body), 'answer')];
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]*\}/g, '([^/]+)')}$`);
}

/**
 * OpenAPI 3.0 has `exclusiveMinimum: false` as JSON schemas once had; to ajv a bound is a number.
 */
function withoutBooleanBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBooleanBounds);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, one]) => !(/^exclusive(Min|Max)imum$/.test(key) && typeof one === 'boolean'),
  );
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutBooleanBounds(one)]));
}
