import type { Codec } from '../../values/codec';
import { matching } from '../../values/codecs';
import { quote } from '../../values/problem';

const name = String.raw`[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+`;
const withDigest = new RegExp(`^${name}(?::[\\w][\\w.-]{0,127})?@sha256:[0-9a-f]{64}$`);

const reference = matching({
  what: 'an image with its registry and digest',
  pattern: withDigest,
  allowed: 'it is registry/name@sha256: and 64 digits of its digest, as in docker.io/library/debian@sha256:...',
  max: 512,
});

/** An image of a registry by its digest; a tag beside it is for people. */
export const imageRef: Codec<string> = {
  ...reference,
  parse: (input, report) => {
    if (typeof input === 'string' && new RegExp(`^(?:${name}|[a-z0-9._-]+)(?::[\\w.-]+)?$`).test(input)) {
      report({
        code: 'HPC3201',
        message: `the image ${quote(input)} has no digest, so the next build may start from another one`,
        fix: `write '${input}@sha256:...'; skopeo inspect docker://${input} prints the digest`,
      });
      return input;
    }
    return reference.parse(input, report);
  },
};

/** The parts of an image: its name without a tag, and its digest. */
export function partsOf(ref: string): { name: string; digest: string } {
  const [tagged = '', digest = ''] = ref.split('@');
  return { name: tagged.replace(/:[\w][\w.-]*$/, ''), digest };
}
