import { quote } from '../values/problem';
import type { Format } from './format';

/** Variables of a service, as /etc/default and /etc/sysconfig hold them for systemd's EnvironmentFile. */
export type EnvFile = Readonly<Record<string, string>>;

/**
 * `NAME="value"` lines that systemd and a shell read alike (systemd.exec(5), EnvironmentFile): in double quotes with
 * backslash before `"`, `\`, `$` and the back quote. Line breaks and control characters are refused.
 */
export const envFile: Format<EnvFile> = {
  name: 'env',

  print(variables, report) {
    return Object.entries(variables)
      .map(([name, value]) => {
        if (/[\u0000-\u001f\u007f]/.test(value)) {
          report({
            code: 'HPC2080',
            message: `${quote(value)} holds a line break or a control character; ${name} cannot`,
          });
          return '';
        }
        return `${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`;
      })
      .join('');
  },

  parse(text, report) {
    const variables: Record<string, string> = {};
    for (const [index, line] of text.split('\n').entries()) {
      if (/^\s*(#.*)?$/.test(line)) continue;
      const match = /^([A-Za-z_][A-Za-z0-9_]*)="((?:[^"\\]|\\.)*)"$/.exec(line);
      if (match) variables[match[1] as string] = (match[2] as string).replace(/\\(.)/g, '$1');
      else report({ code: 'HPC2081', message: `${quote(line)} is not NAME="value"` }, `line ${index + 1}`);
    }
    return variables;
  },
};
