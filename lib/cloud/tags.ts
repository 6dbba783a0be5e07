import { matching } from '../values/codecs';
import { map } from '../values/collections';

/**
 * A key of a tag. EC2 takes more, but not where instances see their tags through the metadata service, which burst nodes
 * need (EC2 user guide, "Access to tags in instance metadata").
 */
const tagKey = matching({
  what: 'a key of a tag',
  pattern: /^(?!aws:|hpcdk:)[A-Za-z0-9+=.,_:@-]+$/i,
  allowed: 'letters, digits and + - = . , _ : @; keys with aws: or hpcdk: in front are taken',
  max: 128,
});

/** A value of a tag: what every service takes (Tagging guide, "Tag naming limits"; IAM refuses anything else). */
const tagValue = matching({
  what: 'a value of a tag',
  pattern: /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u,
  allowed: 'letters, digits, blanks and _ . : / = + - @, which is what every service of AWS takes',
  max: 256,
});

/** Tags in field tables. */
export const tags = map(tagValue, tagKey);

/** What resources are found and ended by; tags of users cannot have these keys. */
export const TAG = {
  site: 'hpcdk:site',
  cloud: 'hpcdk:cloud',
  cluster: 'hpcdk:cluster',
  pool: 'hpcdk:pool',
  /** The Slurm name of an instance; given when it is launched. */
  node: 'hpcdk:node',
  /** What a subnet is for: `nodes` or `public`. */
  subnet: 'hpcdk:subnet',
} as const;
