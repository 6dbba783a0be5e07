import type { DiffOptions } from '../../../lib/diff';
import { readAdvisories } from '../../../lib/diff/software/advisories';
import { readPackages } from '../../../lib/diff/software/package-table';
import { edited } from '../support/edited';
import type { Scenario } from './scenario';

const campus = edited('campus');
const noFault = ({ message }: { readonly message: string }): never => {
  throw new Error(message);
};

/** What databases say of git and of Python, in the form of OSV. */
const ADVISORIES = [
  {
    id: 'CVE-2025-48384',
    modified: '2026-10-30T08:00:00Z',
    summary: 'a submodule whose path ends with a carriage return lets a repository run code',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:C/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem: 'Bitnami', name: 'git' },
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '2.48.0' }, { fixed: '2.48.2' }] },
          { type: 'SEMVER', events: [{ introduced: '2.49.0' }, { fixed: '2.49.1' }] },
        ],
      },
    ],
  },
  {
    id: 'BIT-python-2024-4032',
    aliases: ['CVE-2024-4032'],
    modified: '2026-10-30T08:00:00Z',
    summary: 'is_private and is_global of ipaddress are wrong for some networks',
    database_specific: { severity: 'High' },
    affected: [
      {
        package: { ecosystem: 'Bitnami', name: 'python' },
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '3.12.0' }, { fixed: '3.12.4' }] },
          { type: 'GIT', repo: 'https://github.com/python/cpython', events: [{ introduced: '0' }] },
        ],
      },
    ],
  },
];

/** What the Spack of the site knows. */
const PACKAGES = {
  format: 'hpcdk-packages',
  version: 1,
  date: '2026-11-01',
  source: 'Spack 1.1.0: licences of its recipes, times of 214 builds',
  packages: {
    gsl: { licences: [{ licence: 'GPL-3.0-or-later' }], builds: [{ version: '2.7.1', seconds: 170 }] },
    mumps: { licences: [{ licence: 'CECILL-C' }], builds: [{ version: '5.7.3', seconds: 410 }] },
  },
};

function known(): DiffOptions {
  const advisories = readAdvisories(JSON.stringify(ADVISORIES), noFault);
  const packages = readPackages(JSON.stringify(PACKAGES), noFault);
  return { ...(advisories && { advisories }), ...(packages && { packages }) };
}

/** What a site knows of its packages, beside what it declares. */
export const packages: readonly Scenario[] = [
  {
    title: 'an older Python, with a known vulnerability, and a newer git without one',
    before: campus,
    after: edited(
      'campus',
      ["'python@3.12.12 +optimizations'", "'python@3.12.3 +optimizations'"],
      ["'git@2.48.1'", "'git@2.49.1'"],
    ),
    options: known(),
    told: {
      sections: ['contract', 'software'],
      classes: ['none', 'none', 'rebuild-software', 'rebuild-software', 'rebuild-software', 'none'],
      lines: [
        'contract  module tree modules: 2 modules vanish: git/2.48.1, python/3.12.12 in release 2026.1  [none]',
        'software  software stack apps-2026.1: python 3.12.12 → 3.12.3 brings CVE-2024-4032 (high), fixed in 3.12.4  [vulnerable]',
        'software  software stack apps-2026.1: core git 2.48.1 → 2.49.1  [rebuild-software]  premises',
      ],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'build the image again and push it',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'known vulnerabilities of the roots alone: 1 brought, 1 fixed, 0 kept; not compared, for the hosts have them: gcc',
        'known vulnerabilities are those of 2 advisories, the newest of 2026-10-30; not compared: 1 range of commits',
      ],
    },
  },
  {
    title: 'a library with a licence that is new at the site, and how long it builds',
    before: campus,
    after: edited('campus', ["'gsl@2.8',", "'gsl@2.8',\n      'mumps@5.8.1 +openmp ~mpi',"]),
    options: known(),
    told: {
      sections: ['software'],
      classes: ['rebuild-software', 'none'],
      lines: [
        'software  software stack apps-2026.1: specs + mumps@5.8.1~mpi+openmp  [rebuild-software]  premises',
        'software  software stack apps-2026.1: mumps 5.8.1 comes with the licence CECILL-C, which no root of the site had  [none]',
      ],
      plan: [
        'spack concretize each environment again and keep spack.lock',
        'run install.sh on the build host',
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: [
        'about 27 min of building for the roots alone, if one is built after the other, by the times of 2026-11-01; 4 of 4 times are of another version',
      ],
    },
  },
];
