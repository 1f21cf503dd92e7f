import type { z } from 'zod';
import { type FieldViolation, GoogleError, invalid } from './google-error.ts';

const violationsMax = 10;

/** A request's body, checked; an absent body is an empty object. @throws GoogleError 400 in Google's words. */
export function parseJson<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  const parsed = schema.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const violations = parsed.error.issues.slice(0, violationsMax).flatMap(describeIssue);
  const message = violations.map((violation) => violation.description).join('\n');
  throw new GoogleError('INVALID_ARGUMENT', message, violations);
}

function readJson(text: string): unknown {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid('Invalid JSON payload received. Parsing terminated before end of input.');
  }
  return text.includes('null') ? withoutNullFields(value) : value;
}

/** Google reads a field that is null as one that is absent; an element of a list stays. */
function withoutNullFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullFields);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(fields.map(([field, inner]) => [field, withoutNullFields(inner)]));
}

function describeIssue(issue: z.core.$ZodIssue): FieldViolation[] {
  const field = pathText(issue.path);
  const at = field === '' ? '' : ` at '${field}'`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field,
      description: `Invalid JSON payload received. Unknown name "${key}"${at}: Cannot find field.`,
    }));
  }
  if (issue.code === 'invalid_type') {
    const named = /^TYPE_\w+$/.test(issue.message) ? issue.message : undefined;
    const type = named ?? typeNames[issue.expected] ?? 'TYPE_MESSAGE';
    return [{ field, description: `Invalid value${at} (${type})` }];
  }
  if (issue.code === 'invalid_value') {
    return [{ field, description: `Invalid value${at} (TYPE_ENUM)` }];
  }
  return [{ field, description: `Invalid value${at}: ${issue.message}` }];
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'TYPE_STRING',
  number: 'TYPE_DOUBLE',
  boolean: 'TYPE_BOOL',
};

/** As Google writes a place: requests[0].add_sheet.properties */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}
