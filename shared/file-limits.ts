// Apart from the words of an import, so that the sidebar's bundle does not carry what parses them.

/** The largest file that is read, unpacked. */
export const fileBytesMax = 20_000_000;
/** Bytes of a file in one call; a document of the store holds them as Base64. */
export const filePartBytes = 600_000;
/** Files that one user may have in one book at a time, from the first part to the end of the import: a year of months. */
export const openFilesMax = 12;
