/** The version of the terms of use and the privacy policy (cloud/web/legal-html.ts): whoever connects has accepted it. */
export const termsVersion = '2026-11-21';
