import { ExistingLustre, ExistingNfs } from '../../../lib/index';
import { declareSmall, type Small } from '../support/campus';
import type { Scenario } from './scenario';

const nfs =
  (id: string, props: { server?: string; path?: string; readOnly?: boolean } = {}) =>
  ({ site, hpc }: Small): void => {
    const { server = 'filer1.hpc.example.edu', path = `/${id}`, readOnly } = props;
    const options = readOnly === undefined ? {} : { readOnly };
    new ExistingNfs(site, id, { server, export: `/vol/${id}`, path }).mountOn(hpc, options);
  };
const lustre =
  (...options: string[]) =>
  ({ site, hpc }: Small): void =>
    void new ExistingLustre(site, 'scratch', {
      mgs: ['mgs1@o2ib'],
      name: 'scratch',
      path: '/scratch',
      options,
    }).mountOn(hpc);
const both = (small: Small): void => {
  nfs('home')(small);
  nfs('projects')(small);
};

/** File systems. */
export const storage: readonly Scenario[] = [
  {
    title: '/home from another filer',
    before: declareSmall({ more: nfs('home') }),
    after: declareSmall({ more: nfs('home', { server: 'filer2.hpc.example.edu' }) }),
    told: {
      sections: ['data'],
      classes: ['data-loss'],
      lines: ['data  NFS file system home: server filer1.hpc.example.edu → filer2.hpc.example.edu  [data-loss]'],
      plan: [
        'copy filer1.hpc.example.edu to filer2.hpc.example.edu while users work, until little is left to copy',
        'drain every node and wait for the running jobs (cn[001-064])',
        'freeze it: close the login hosts and make filer1.hpc.example.edu read-only',
        'final sync of filer1.hpc.example.edu to filer2.hpc.example.edu',
        'unmount /home on every host (cn[001-064])',
        'file systems are mounted as declared (cn[001-064])',
        'open the login hosts again',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
      says: ['nothing is copied'],
    },
    fate: { running: 'continues', pending: 'waits' },
    naively: { running: 'continues', pending: 'waits' },
  },
  {
    title: 'a file system mounted beside the others',
    before: declareSmall({ more: nfs('home') }),
    after: declareSmall({ more: both }),
    told: {
      sections: ['contract'],
      classes: ['none', 'none'],
      lines: ['contract  mount campus.projects added  [none]', 'contract  NFS file system projects added  [none]'],
      plan: [
        'file systems are mounted as declared (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a file system no longer mounted',
    before: declareSmall({ more: both }),
    after: declareSmall({ more: nfs('home') }),
    told: {
      sections: ['contract'],
      classes: ['rolling-drain', 'none'],
      lines: [
        'contract  mount campus.projects removed  [rolling-drain]',
        'contract  NFS file system projects removed  [none]',
      ],
      plan: [
        'drain every node and wait for the running jobs (cn[001-064])',
        'unmount /projects on every host (cn[001-064])',
        'file systems are mounted as declared (cn[001-064])',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'projects at another path',
    before: declareSmall({ more: nfs('projects') }),
    after: declareSmall({ more: nfs('projects', { path: '/proj' }) }),
    told: {
      sections: ['contract'],
      classes: ['rolling-drain'],
      lines: ['contract  NFS file system projects: path /projects → /proj  [rolling-drain]'],
      plan: [
        'tell users, or leave a link at the old path',
        'drain every node and wait for the running jobs (cn[001-064])',
        'unmount /projects on every host (cn[001-064])',
        'file systems are mounted as declared (cn[001-064])',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'software mounted read-only',
    before: declareSmall({ more: nfs('apps') }),
    after: declareSmall({ more: nfs('apps', { readOnly: true }) }),
    told: {
      sections: ['contract'],
      classes: ['rolling-drain'],
      lines: ['contract  mount campus.apps: readOnly no → yes  [rolling-drain]'],
      plan: [
        'drain every node and wait for the running jobs (cn[001-064])',
        'unmount /apps on every host (cn[001-064])',
        'file systems are mounted as declared (cn[001-064])',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'other options of scratch',
    before: declareSmall({ more: lustre('flock') }),
    after: declareSmall({ more: lustre('localflock', 'noatime') }),
    told: {
      sections: ['other'],
      classes: ['rolling-drain'],
      lines: ['other  Lustre file system scratch: options - flock, + localflock, + noatime  [rolling-drain]'],
      plan: [
        'drain every node and wait for the running jobs (cn[001-064])',
        'unmount /scratch on every host (cn[001-064])',
        'file systems are mounted as declared (cn[001-064])',
        'resume every node (cn[001-064])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
];
