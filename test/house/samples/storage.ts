import { ExistingLustre, ExistingNfs, Site } from '../../../lib/index';
import { readyCluster, type Samples } from './sample';

/** Kinds of lib/storage. */
export const storage: Samples = {
  ExistingNfs: [
    (app, change) => {
      const cluster = readyCluster(app);
      const props = {
        server: 'filer.example.edu',
        export: '/export/home',
        path: '/home/users',
        version: '4.1' as const,
        options: ['noatime'],
      };
      const nfs = new ExistingNfs(Site.of(cluster) as Site, change.text('id', 'homes'), change.props(props));
      nfs.mountOn(cluster);
      return nfs;
    },
  ],

  ExistingLustre: [
    (app, change) => {
      const cluster = readyCluster(app);
      const props = { mgs: ['mgs1@o2ib', 'mgs2@o2ib'], name: 'scratch', path: '/lustre/scr', options: ['noflock'] };
      const lustre = new ExistingLustre(Site.of(cluster) as Site, change.text('id', 'fast'), change.props(props));
      lustre.mountOn(cluster);
      return lustre;
    },
  ],

  Mount: [
    (app, change) => {
      const cluster = readyCluster(app);
      const site = Site.of(cluster) as Site;
      const nfs = new ExistingNfs(site, 'homes', { server: 'filer', export: '/export/home', path: '/home' });
      const { on, ...options } = change.props({ on: cluster, path: '/mnt/homes', readOnly: true });
      return nfs.mountOn(on, options);
    },
  ],
};
