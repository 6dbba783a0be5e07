/** Types of FSx for Lustre as a price table names them, with the MB/s that each TiB of them gives all the time. */
export const FSX_LUSTRE: Readonly<Record<string, number>> = {
  // its user guide, "Performance characteristics of SSD and HDD storage classes"
  scratch: 200,
  // its API reference, PerUnitStorageThroughput: the throughput of a file system is its TiB times this
  'persistent-125': 125,
  'persistent-250': 250,
  'persistent-500': 500,
  'persistent-1000': 1000,
};

/** The types of file systems that have a price by their size, by the kind of the construct. */
export const STORAGE_TYPES: Readonly<Record<string, readonly string[]>> = { FsxLustre: Object.keys(FSX_LUSTRE) };
