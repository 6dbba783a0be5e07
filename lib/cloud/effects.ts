import type { Effects } from '../app/effect';

/** Nothing that jobs and users write is left behind. */
const COPIED = [
  'copy the data to another file system while users work, until little is left to copy',
  'drain every node and wait for the running jobs',
  'close the login hosts, and copy what is left',
];

const OPENED = ['open the login hosts again', 'resume every node'];

/** What holds data is removed. */
export const DATA_GOES: Effects = {
  any: {
    class: 'data-loss',
    reason: 'terraform destroys it with all that is in it',
    running: 'running jobs that have files open there fail',
    steps: [...COPIED, 'terraform apply', ...OPENED],
  },
};

/** What holds data is made anew, empty. */
export const DATA_ANEW: Effects = {
  any: {
    class: 'data-loss',
    reason: 'it cannot be changed: terraform destroys it and makes an empty one',
    running: 'running jobs that have files open there fail',
    steps: [...COPIED, 'terraform apply', 'copy the data back', ...OPENED],
  },
};

/** A bucket is removed. AWS deletes none that has objects or old versions in it (S3 user guide, "Deleting a bucket"). */
export const BUCKET_GOES: Effects = {
  any: {
    class: 'data-loss',
    reason: 'terraform deletes the bucket; while objects or old versions are in it AWS refuses, and the apply stops',
    running: 'running jobs that read or write there fail once it is gone',
    steps: ['copy the objects that are needed', 'empty the bucket, old versions of objects too', 'terraform apply'],
  },
};

/** A bucket gets another name. */
export const BUCKET_ANEW: Effects = {
  any: {
    class: 'data-loss',
    reason:
      'a bucket cannot be renamed: terraform deletes it and makes an empty one; while objects are in it AWS refuses, and the apply stops',
    running: 'running jobs that read or write there fail once it is gone',
    steps: [
      'make the new bucket beside the old one',
      'copy the objects',
      'empty the old bucket, old versions of objects too',
      'terraform apply',
    ],
  },
};
