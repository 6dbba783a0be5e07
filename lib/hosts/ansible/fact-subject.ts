import type { HostFact } from '../../app/host-fact';

/** What a fact is about. Two facts about one subject must mean the same on every host that has both. */
export function subjectOf(fact: HostFact): string {
  switch (fact.fact) {
    case 'file': {
      const { path = '', ownership } = fact.document.host ?? {};
      return ownership === 'fragment' ? `fragment ${fact.document.path} of ${path}` : `path ${path}`;
    }
    case 'tree':
    case 'directory':
      return `path ${fact.path}`;
    case 'mount':
      return `mount ${fact.path}`;
    case 'user':
    case 'service':
    case 'command':
      return `${fact.fact} ${fact.name}`;
    case 'sysctl':
      return `kernel parameter ${fact.name}`;
    case 'limit':
      return `limit ${fact.item} of ${fact.domain}`;
    case 'package':
      return `package ${fact.debian} ${fact.redhat}`;
    case 'port':
      return `port ${fact.port}/${fact.protocol} from ${fact.from}`;
  }
}

/** A text that is equal for facts that mean the same. */
export function meaningOf(fact: HostFact): string {
  switch (fact.fact) {
    case 'file':
      return `file ${fact.document.path}`;
    case 'tree':
      return `tree ${fact.from}`;
    case 'service':
      return JSON.stringify(fact.reconfigure ?? []);
    case 'port':
      return '';
    default:
      return JSON.stringify(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
