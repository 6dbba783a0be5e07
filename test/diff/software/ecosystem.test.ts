import { spackName } from '../../../lib/diff/software/ecosystem';

test.each([
  ['', 'zlib', 'zlib'],
  ['OSS-Fuzz', 'zlib', 'zlib'],
  ['Bitnami', 'OpenSSL', 'openssl'],
  ['PyPI', 'Typing_Extensions', 'py-typing-extensions'],
  ['CRAN', 'data.table', 'r-data-table'],
  ['CPAN', 'XML::Parser', 'perl-xml-parser'],
  ['Debian:12', 'zlib', undefined],
  ['Alpine:v3.20', 'zlib', undefined],
  ['npm', 'tar', undefined],
  ['crates.io', 'curl', undefined],
  ['constructor', 'zlib', 'zlib'],
])('%s %s is %s in Spack', (ecosystem, name, expected) => expect(spackName(ecosystem, name)).toBe(expected));
