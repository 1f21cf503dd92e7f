import type { FetchNow } from './fetch-now.ts';
import { standIn } from './stand-in.ts';

interface FetchOptions {
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
  readonly muteHttpExceptions?: boolean;
}

const known = ['method', 'contentType', 'headers', 'payload', 'muteHttpExceptions'];

/** UrlFetchApp with text payloads. Other options than these throw: Apps Script would act on them. */
export function createUrlFetchApp(fetchNow: FetchNow): object {
  return standIn('UrlFetchApp', {
    fetch: (url: string, options: FetchOptions = {}) => {
      const other = Object.keys(options).find((name) => !known.includes(name));
      if (other) throw new Error(`UrlFetchApp's ${other} is not in the stand-in for Apps Script.`);
      const { method = 'get', contentType, headers = {}, payload, muteHttpExceptions } = options;
      const { status, text } = fetchNow({
        url,
        method: method.toUpperCase(),
        headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) },
        ...(payload === undefined ? {} : { body: String(payload) }),
      });
      if (status >= 400 && !muteHttpExceptions) {
        throw new Error(`Request failed for ${new URL(url).origin} returned code ${status}.`);
      }
      return standIn('HTTPResponse', {
        getResponseCode: () => status,
        getContentText: () => text,
      });
    },
  });
}
