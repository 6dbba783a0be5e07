import fc from '../../fast-check';
import { severityOf } from '../../../lib/diff/software/cvss';

/** Vectors and scores as the National Vulnerability Database has them. */
test.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'critical'], // CVE-2022-37434, 9.8
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 'critical'], // CVE-2021-44228, 10.0
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 'high'], // CVE-2014-0160, 7.5
  ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 'high'], // CVE-2021-3156, 7.8
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 'medium'], // 6.4
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 'low'], // 3.1
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O', 'critical'], // temporal metrics do not lower it
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', undefined],
  ['CVSS:3.1/AV:N/AC:L', undefined],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:X/C:H/I:H/A:H', undefined],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', undefined],
  ['9.8', 'critical'],
  ['7', 'high'],
  ['6.9', 'medium'],
  ['0.1', 'low'],
  ['0', undefined],
  ['98', undefined],
  ['HIGH', 'high'],
  ['Moderate', 'medium'],
  ['important', 'high'],
  ['constructor', undefined],
])('%s is %s', (text, severity) => expect(severityOf(text)).toBe(severity));

test('any text is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `CVSS:3.1/${text}`),
      ),
      (text) => {
        expect(['critical', 'high', 'medium', 'low', undefined]).toContain(severityOf(text));
      },
    ),
  );
});
