import type { Codes } from '../values/codes';

/** Codes of hosts and of what is placed on them (HPC6000-6099). */
export const hostCodes = {
  HPC6001: {
    title: 'a group without hosts',
    why: 'What is declared for the group would reach no host, and Ansible passes over an empty group without a word.',
    fix: 'Name the hosts, or remove the group.',
  },
  HPC6002: {
    title: 'a name that Ansible cannot use',
    why: 'Groups and roles are variables, tags and folders of the Ansible project. `all` and `ungrouped` are groups of Ansible itself, `hpcdk` is the group and the role of this library.',
    fix: 'Use lower-case letters, digits and "_", starting with a letter.',
  },
  HPC6003: {
    title: 'one group with two lists of hosts',
    why: 'A group is known by its name, at one site there is one of each name.',
    fix: 'Give one of them another name, or both the same hosts.',
  },
  HPC6004: {
    title: 'a group with the name of a host',
    why: 'Ansible keeps groups and hosts in one space of names: a pattern or a variable would mean either.',
    fix: 'Give the group another name.',
  },
  HPC6005: {
    title: 'one path that is placed twice on a host',
    why: 'Each run of the playbook would write the one over the other, and restart the services that read it.',
    fix: 'Place it from one construct, or at two paths. Several fragments of one file are fine.',
  },
  HPC6006: {
    title: 'facts that contradict each other on a host',
    why: 'Two constructs want the same user, mount, folder, limit, kernel parameter or service in two ways; the last one would win.',
    fix: 'Give both the same values, or declare it once.',
  },
  HPC6007: {
    title: 'services that wait for each other',
    why: 'Services are restarted one after another over all hosts; with a cycle there is no order.',
    fix: 'Remove one of the services from the `after` of the other.',
  },
  HPC6008: {
    title: 'text that Ansible would take for a template, or that its target cannot carry',
    why: 'Ansible expands {{ }}, {% %} and {# #} wherever they stand, and what they hold could run as code on the control node.',
    fix: 'Put the text into a file that is placed: what a file holds is never expanded.',
  },
  HPC6009: {
    title: 'hosts outside of a site',
    why: 'The Ansible project belongs to a site; what stands beside all sites would reach no host.',
    fix: 'Declare the construct below a Site.',
  },
  HPC6010: {
    title: 'a document for hosts without a place on them',
    why: 'Nothing says where on the host the file shall stand.',
    fix: 'Give the document a `host` with the absolute path.',
  },
  HPC6011: {
    title: 'something for hosts that stands below no group of hosts',
    why: 'A package, a service or a user holds on the hosts of the construct that it stands below.',
    fix: 'Declare it below a Host, or below another construct that stands for hosts.',
  },
} as const satisfies Codes;
