import { Site } from '../../../lib/index';
import { readyCluster, type Samples } from './sample';

/** Kinds of lib/app. */
export const app: Samples = {
  Site: [
    (app, change) => {
      const props = { domain: 'hpc.example.edu', contact: 'help@centre.example', ansible: true };
      const site = new Site(app, change.text('id', 'campus'), change.props(props));
      readyCluster(app, {}, site);
      return site;
    },
  ],
};
