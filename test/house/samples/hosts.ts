import { Document, Host, Package, Service, text, User } from '../../../lib/index';
import { type Samples, siteOf } from './sample';

/** Kinds of lib/hosts. */
export const hosts: Samples = {
  Host: [
    (app, change) =>
      new Host(
        siteOf(app),
        change.text('id', 'gateways'),
        change.props({ hosts: 'gw[1-2]', group: 'entrances', controller: true }),
      ),
  ],

  Package: [
    (app, change) => {
      const host = new Host(siteOf(app), 'login', { hosts: 'login[1-2]' });
      return new Package(
        host,
        change.text('id', 'editor'),
        change.props({ debian: 'vim-nox', redhat: 'vim-enhanced' }),
      );
    },
  ],

  Service: [
    (app, change) => {
      const host = new Host(siteOf(app), 'login', { hosts: 'login[1-2]' });
      const props = { name: 'webserver', after: ['elsewhere'], reconfigure: ['/usr/sbin/webctl', 'read again'] };
      const stated = change.props(props);
      const service = new Service(host, change.text('id', 'frontend'), stated);
      new Document(service, 'conf', {
        path: 'web.conf',
        format: text('text'),
        content: () => 'listen\n',
        host: { path: '/etc/web.conf' },
        readers: [{ service: stated.name, on: 'reconfigure' }],
      });
      return service;
    },
  ],

  User: [
    (app, change) => {
      const host = new Host(siteOf(app), 'login', { hosts: 'login[1-2]' });
      const props = { name: 'watchdog', uid: 6001, home: '/var/lib/elsewhere', shell: '/usr/sbin/nologin' };
      return new User(host, change.text('id', 'watcher'), change.props(props));
    },
  ],
};
