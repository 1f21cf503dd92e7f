import { Fragment, h } from 'preact';

// What the build puts in place of the tags of a .tsx file.
export { Fragment, h };
