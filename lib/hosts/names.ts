import { matching } from '../values/codecs';

/** The name of a group of the inventory, or of a role. */
export const groupName = matching({
  what: 'the name of a group of hosts',
  pattern: /^[a-z][a-z0-9_]*$/,
  allowed: 'lower-case letters, digits and "_", starting with a letter',
  max: 63,
});

/** The name of a package of a distribution. */
export const packageName = matching({
  what: 'the name of a package',
  pattern: /^[A-Za-z0-9@][A-Za-z0-9.+:_~=-]*$/,
  allowed: 'letters, digits and . + : _ ~ = -, starting with a letter or digit',
});

/** The name of a service as systemd knows it. */
export const serviceName = matching({
  what: 'the name of a service',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.:@-]*$/,
  allowed: 'letters, digits and _ . : @ -, as systemctl takes it',
});

/** The name of an account. */
export const accountName = matching({
  what: 'the name of a user',
  pattern: /^[a-z_][a-z0-9_-]*$/,
  allowed: 'lower-case letters, digits, "_" and "-", starting with a letter or "_" (useradd)',
  max: 32,
});
