import { z } from 'zod';
import { GoogleError, invalid } from './google-error.ts';

/** A call's query: what the method itself asks for, and of the parameters of all Google APIs those that matter here. */
export interface Query {
  readonly own: QueryValues;
  readonly fields?: string;
  readonly quotaUser?: string;
}

export type QueryValues = Readonly<
  Record<string, string | boolean | readonly string[] | undefined>
>;

/** How a method's parameters are written: a flag, a text or one of some words, or a text that may be given often. */
export type QuerySchema = Readonly<Record<string, z.ZodType>>;

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const texts = z.array(z.string());

/** Parameters that every method of Google's has and that change nothing here. */
const ignored = new Set([
  '$.xgafv',
  'access_token',
  'key',
  'oauth_token',
  'prettyPrint',
  'uploadType',
  'upload_protocol',
]);

/** @throws GoogleError 400 for a parameter that the method does not have, or a value that it cannot take. */
export function readQuery(schema: QuerySchema, parameters: URLSearchParams): Query {
  const own: Record<string, string | boolean | readonly string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    if (name === 'alt' && values[0] === 'json') continue;
    if (name === 'fields' || name === 'quotaUser' || ignored.has(name)) continue;
    const expected = Object.hasOwn(schema, name) ? schema[name] : undefined;
    if (!expected) throw unknownParameter(name);
    const parsed = expected.safeParse(expected === texts ? values : values.at(-1));
    if (!parsed.success) throw invalid(`Invalid value at '${name}', "${values.at(-1)}"`);
    own[name] = parsed.data as string | boolean | readonly string[];
  }
  const fields = parameters.get('fields') ?? undefined;
  const quotaUser = parameters.get('quotaUser') ?? undefined;
  return { own, ...(fields && { fields }), ...(quotaUser && { quotaUser }) };
}

function unknownParameter(name: string): GoogleError {
  const description = `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`;
  return new GoogleError('INVALID_ARGUMENT', description, [{ description }]);
}
