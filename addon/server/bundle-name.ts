/** A bundle of screens, each in an HTML file of that name. */
export type BundleName = 'screens' | 'reviews' | 'files';
