/** The folder of hpcdk's own files in an output; documents (the manifest) may live here too. */
export const HOME = 'hpcdk';

/** Which files we wrote, with their sha256. Replaced last, by every commit that changes anything. */
export const RECORD = `${HOME}/owned.json`;

/** The commit point: while this file is there, a commit has begun and must be finished. */
export const JOURNAL = `${HOME}/.journal`;

/** New files wait here until the journal is published. */
export const STAGE = `${HOME}/.stage`;

/** The journal before it is published. */
export const STAGED_JOURNAL = `${STAGE}/journal`;

/** A folder that holds one entry, named after the owner of the lock. */
export const LOCK = `${HOME}/.lock`;
