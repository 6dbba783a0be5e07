import type { HostFact } from '../../app/host-fact';
import { quote, type Report } from '../../values/problem';

interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
}

const path: Rule = { what: 'an absolute path without blanks', pattern: /^\/[A-Za-z0-9._+@%:,=~/-]*$/ };
const source: Rule = { what: 'a path below the output folder', pattern: /^[A-Za-z0-9._+@%:,=~/-]+$/ };
const account: Rule = { what: 'the name of a user or group', pattern: /^[a-z_][a-z0-9_.-]{0,31}\$?$/i };
const unit: Rule = { what: 'the name of a service', pattern: /^[A-Za-z0-9_][A-Za-z0-9_.:@-]*$/ };
const word: Rule = { what: 'one word', pattern: /^[^\s{}"'`$#\\;|&<>]+$/ };
const text: Rule = { what: 'one line of text', pattern: /^[^\u0000-\u001f\u007f]+$/ };

/** Reports what Ansible, or the program behind it, would not take as it is written; says whether the fact can be used. */
export function checkFact(fact: HostFact, report: Report): boolean {
  let fine = true;
  const check = (name: string, value: string | undefined, { what, pattern }: Rule): void => {
    if (value === undefined || (pattern.test(value) && !/\{[{%#]/.test(value))) return;
    fine = false;
    const message = `${quote(value)}, the ${name} of a ${fact.fact} for hosts, is not ${what}`;
    report({ code: 'HPC6008', message });
  };
  switch (fact.fact) {
    case 'package':
      check('Debian name', fact.debian, word);
      check('Red Hat name', fact.redhat, word);
      break;
    case 'file': {
      const { host, readers } = fact.document;
      if (!host) {
        report({ code: 'HPC6010', message: `the document '${fact.document.path}' has no path on hosts` });
        return false;
      }
      check('source', fact.document.path, source);
      check('path', host.path, path);
      check('owner', host.owner, account);
      check('group', host.group, account);
      for (const reader of readers) check('reader', reader.service, unit);
      break;
    }
    case 'tree':
      check('source', fact.from, source);
      check('path', fact.path, path);
      break;
    case 'directory':
      check('path', fact.path, path);
      check('owner', fact.owner, account);
      check('group', fact.group, account);
      break;
    case 'user':
      check('name', fact.name, account);
      check('home', fact.home, path);
      check('shell', fact.shell, path);
      break;
    case 'mount':
      check('source', fact.source, word);
      check('path', fact.path, path);
      check('type', fact.type, word);
      for (const option of fact.options) check('option', option, word);
      break;
    case 'limit':
      check('domain', fact.domain, { what: 'a user, @group, or * (limits.conf)', pattern: /^[@%]?[A-Za-z0-9_.:*-]+$/ });
      check('item', fact.item, { what: 'an item of limits.conf', pattern: /^[a-z]+$/ });
      break;
    case 'sysctl':
      check('name', fact.name, { what: 'the name of a kernel parameter', pattern: /^[a-z0-9][A-Za-z0-9_./-]*$/ });
      check('value', fact.value, text);
      break;
    case 'service':
      check('name', fact.name, unit);
      for (const argument of fact.reconfigure ?? []) check('reconfigure', argument, text);
      break;
    case 'command':
      check('name', fact.name, text);
      for (const argument of [...fact.command, ...fact.unless]) check('command', argument, text);
      break;
    case 'port':
      break;
  }
  return fine;
}
