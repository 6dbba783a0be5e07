import { Host, Package, Service } from '../../../lib/index';
import { declareSmall, type Small } from '../support/campus';
import { edited } from '../support/edited';
import type { Scenario } from './scenario';

const visualisation =
  (declare: (host: Host) => void) =>
  ({ site }: Small): void =>
    declare(new Host(site, 'visualisation', { hosts: 'vis[1-2]' }));

/** What hosts have beside Slurm, and what stands in messages. */
export const hosts: readonly Scenario[] = [
  {
    title: 'another contact',
    before: edited('campus'),
    after: edited('campus', ["contact: 'help@hpc.example.edu'", "contact: 'hpc-support@hpc.example.edu'"]),
    told: {
      sections: ['other'],
      classes: ['none'],
      lines: ['other  site campus: contact help@hpc.example.edu → hpc-support@hpc.example.edu  [none]  premises'],
      plan: [
        'place the files on modules_writer (login1)',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a document of the site itself',
    before: declareSmall({ motd: 'welcome' }),
    after: declareSmall({ motd: 'maintenance on Monday' }),
    told: {
      sections: ['other'],
      classes: ['none'],
      lines: ['other  sites/campus/motd.yaml: rendering changed  [none]'],
      plan: [],
    },
  },
  {
    title: 'a package more on some hosts',
    before: declareSmall({ more: visualisation(() => undefined) }),
    after: declareSmall({ more: visualisation((host) => void new Package(host, 'turbovnc')) }),
    told: {
      sections: ['software'],
      classes: ['none'],
      lines: ['software  package turbovnc added  [none]'],
      plan: [
        'hosts get what is declared for them (vis[1-2])',
        'play the whole site: it changes no more files, and ctl1 records what is deployed',
      ],
    },
  },
  {
    title: 'a service more on some hosts',
    before: declareSmall({ more: visualisation(() => undefined) }),
    after: declareSmall({ more: visualisation((host) => void new Service(host, 'chronyd')) }),
    told: {
      sections: ['disruption'],
      classes: ['daemon-restart'],
      lines: ['disruption  service chronyd added  [daemon-restart]'],
      plan: ['play the whole site: hosts get what is declared for them, and ctl1 records what is deployed'],
    },
  },
];
