import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Google's description of the Sheets API, against which a request and its answer are checked. */
export interface Discovery {
  /** What does not fit the description; empty when all does. */
  checkExchange(exchange: Exchange): string[];
}

export interface Exchange {
  readonly http: string;
  readonly url: URL;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** Where the description is looked for; null where it is absent. */
export function findDiscoveryPath(): string | null {
  const url = new URL('../../../../../shared/specs/sheets-v4-discovery.json', import.meta.url);
  return existsSync(url) ? fileURLToPath(url) : null;
}

/** Null, with one line that says so, where the description is absent. */
export function readDiscovery(): Discovery | null {
  const path = findDiscoveryPath();
  if (!path) {
    process.stderr.write(
      'Requests and answers are not checked: ../shared/specs/sheets-v4-discovery.json is absent.\n',
    );
    return null;
  }
  return createDiscovery(JSON.parse(readFileSync(path, 'utf8')) as DiscoveryDocument);
}

interface DiscoveryDocument {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Schema>>;
  readonly resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

interface Method {
  readonly httpMethod: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, Schema>>;
  readonly request?: Schema;
  readonly response?: Schema;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly location?: string;
  readonly repeated?: boolean;
}

/**
 * On a success the method must be known, and path, query, request and answer fit; on an error the answer must be an
 * error of Google's shape.
 */
export function createDiscovery(document: DiscoveryDocument): Discovery {
  const methods = Object.values(document.resources).flatMap(methodsOf);
  const check = (schema: Schema, value: unknown, at: string): string[] =>
    checkValue(document, schema, value, at);
  return {
    checkExchange: ({ http, url, request, status, answer }) => {
      if (status >= 400) return checkError(status, answer);
      const method = methods.find(
        (candidate) =>
          candidate.httpMethod === http && pathPattern(candidate.path).test(url.pathname),
      );
      if (!method) return [`${http} ${url.pathname}: no method of Google's`];
      const known = { ...document.parameters, ...method.parameters };
      const query = [...url.searchParams].flatMap(([name, value]) => {
        const schema = known[name];
        if (!schema) return [`query ${name}: no parameter of the method`];
        return check({ ...schema, type: 'string' }, value, `query ${name}`);
      });
      return [
        ...query,
        ...(request === undefined ? [] : check(method.request ?? {}, request, 'request')),
        ...check(method.response ?? {}, answer, 'answer'),
      ];
    },
  };
}

function methodsOf(resource: Resource): Method[] {
  return [
    ...Object.values(resource.methods ?? {}),
    ...Object.values(resource.resources ?? {}).flatMap(methodsOf),
  ];
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^/${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function checkValue(
  document: DiscoveryDocument,
  schema: Schema,
  value: unknown,
  at: string,
): string[] {
  if (schema.$ref) {
    const named = document.schemas[schema.$ref];
    return named ? checkValue(document, named, value, at) : [`${at}: no schema ${schema.$ref}`];
  }
  const inner = (innerSchema: Schema, innerValue: unknown, place: string) =>
    checkValue(document, innerSchema, innerValue, place);
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${at}: no list`];
      return value.flatMap((item, i) => inner(schema.items ?? {}, item, `${at}[${i}]`));
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return [`${at}: no object`];
      }
      return Object.entries(value).flatMap(([name, field]) => {
        const fieldSchema = schema.properties?.[name] ?? schema.additionalProperties;
        return fieldSchema ? inner(fieldSchema, field, `${at}.${name}`) : [`${at}: has no ${name}`];
      });
    }
    case 'string':
      if (typeof value !== 'string') return [`${at}: no text`];
      return schema.enum && !schema.enum.includes(value) ? [`${at}: ${value} is none of them`] : [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: no boolean`];
    case 'integer': {
      const isInt32 = Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
      return isInt32 ? [] : [`${at}: no 32-bit integer`];
    }
    case 'number':
      return typeof value === 'number' ? [] : [`${at}: no number`];
    case 'any':
      return [];
    default:
      return [`${at}: no schema`];
  }
}

function checkError(status: number, answer: unknown): string[] {
  const { error } = (answer ?? {}) as { error?: Record<string, unknown> };
  const isShaped =
    error?.['code'] === status &&
    typeof error['message'] === 'string' &&
    typeof error['status'] === 'string' &&
    Object.keys(error).every((key) => ['code', 'message', 'status', 'details'].includes(key));
  return isShaped ? [] : [`status ${status}: the answer is no error of Google's shape`];
}
