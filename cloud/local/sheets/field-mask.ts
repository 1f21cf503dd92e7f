import { z } from 'zod';
import { GoogleError, invalid } from './google-error.ts';

/** Which fields are meant: all below (true), or these. */
export type FieldMask = true | { readonly [field: string]: FieldMask };

/** Reads `a,b.c,d(e,f)`, with `/` as good as `.`, and `*` for all. @throws GoogleError 400 */
export function parseFieldMask(text: string): FieldMask {
  const tokens = text.match(/[A-Za-z]\w*|[*,./()]|\s+|./g) ?? [];
  const read = { tokens: tokens.filter((token) => token.trim() !== ''), at: 0, text };
  const mask = readList(read);
  if (read.at < read.tokens.length) throw unreadable(text);
  return mask;
}

/** The part of the mask below a field; undefined where the field is not meant. */
export function below(mask: FieldMask, field: string): FieldMask | undefined {
  return mask === true ? true : mask[field];
}

/** What the mask leaves of a JSON value; lists are passed through, element by element. */
export function pickFields(value: unknown, mask: FieldMask): unknown {
  if (mask === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => pickFields(element, mask));
  const picked: Record<string, unknown> = {};
  const source = value as Record<string, unknown>;
  for (const field of Object.keys(mask)) {
    const found = source[field];
    const inner = mask[field];
    if (found !== undefined && inner !== undefined) picked[field] = pickFields(found, inner);
  }
  return picked;
}

/** `old` with the meant fields as they are in `next`; those that `next` lacks are gone. */
export function mergeFields<T extends object>(old: T, next: T, mask: FieldMask): T {
  if (mask === true) return next;
  const merged = { ...old } as Record<string, unknown>;
  for (const [field, inner] of Object.entries(mask)) {
    const from = (next as Record<string, unknown>)[field];
    const to = merged[field];
    const value =
      inner === true ? from : mergeFields((to ?? {}) as object, (from ?? {}) as object, inner);
    if (value === undefined || isEmptyObject(value)) delete merged[field];
    else merged[field] = value;
  }
  return merged as T;
}

/** @throws GoogleError 400 for a field that the schema of the answer or of the object does not have. */
export function checkFieldMask(mask: FieldMask, schema: z.ZodType, path = ''): void {
  if (mask === true) return;
  const shape = shapeOf(schema);
  for (const [field, inner] of Object.entries(mask)) {
    const here = path === '' ? field : `${path}.${field}`;
    const fieldSchema = shape && Object.hasOwn(shape, field) ? shape[field] : undefined;
    if (!fieldSchema) {
      const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${here}'.`;
      throw new GoogleError('INVALID_ARGUMENT', 'Request contains an invalid argument.', [
        { field: here, description },
      ]);
    }
    checkFieldMask(inner, fieldSchema, here);
  }
}

interface Read {
  readonly tokens: readonly string[];
  readonly text: string;
  at: number;
}

function readList(read: Read): FieldMask {
  let mask: FieldMask = {};
  for (;;) {
    mask = joinMasks(mask, readPath(read));
    if (read.tokens[read.at] !== ',') return mask;
    read.at += 1;
  }
}

function readPath(read: Read): FieldMask {
  const name = read.tokens[read.at];
  read.at += 1;
  if (name === '*') return true;
  if (name === undefined || !/^[A-Za-z]/.test(name)) throw unreadable(read.text);
  const next = read.tokens[read.at];
  if (next === '.' || next === '/') {
    read.at += 1;
    return { [name]: readPath(read) };
  }
  if (next !== '(') return { [name]: true };
  read.at += 1;
  const inner = readList(read);
  if (read.tokens[read.at] !== ')') throw unreadable(read.text);
  read.at += 1;
  return { [name]: inner };
}

function joinMasks(a: FieldMask, b: FieldMask): FieldMask {
  if (a === true || b === true) return true;
  const joined: Record<string, FieldMask> = { ...a };
  for (const [field, mask] of Object.entries(b)) {
    const known = joined[field];
    joined[field] = known === undefined ? mask : joinMasks(known, mask);
  }
  return joined;
}

function unreadable(text: string): GoogleError {
  return invalid(`Invalid field mask: ${text.slice(0, 200)}`);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return shapeOf(schema.element as z.ZodType);
  if (schema instanceof z.ZodObject) return schema.shape as Record<string, z.ZodType>;
  return undefined;
}
