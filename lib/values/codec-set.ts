/** The closed set of codecs, for field tables of any package: `import { codecs } from 'hpcdk'`. */
export {
  absolutePath,
  boolean,
  cidr,
  duration,
  hostlist,
  integer,
  line,
  matching,
  money,
  oneOf,
  power,
  prose,
  reference,
  secret,
  size,
  version,
} from './codecs';
export { list, map, record } from './collections';
export { spec } from './spec-codec';
