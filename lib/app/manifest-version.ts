/** The version of the manifest that this library writes. Readers take the one before it too; they load nothing else. */
export const MANIFEST_VERSION = 2;
