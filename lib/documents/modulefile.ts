import { quote, type Report } from '../values/problem';
import { luaCalls, type LuaCall, type LuaCalls } from './lua-calls';

/** The functions of Lmod that a modulefile of ours calls (Lmod, "Lua Modulefile Functions"). */
export const modulefileFunctions = [
  'help',
  'whatis',
  'family',
  'extensions',
  'add_property',
  'remove_property',
  'setenv',
  'pushenv',
  'unsetenv',
  'prepend_path',
  'append_path',
  'remove_path',
  'set_alias',
  'unset_alias',
  'set_shell_function',
  'unset_shell_function',
  'depends_on',
  'depends_on_any',
  'load',
  'try_load',
  'load_any',
  'always_load',
  'unload',
  'prereq',
  'prereq_any',
  'conflict',
  'LmodMessage',
  'LmodWarning',
  'LmodError',
] as const;

/** One line of a modulefile, such as `prepend_path("PATH", "/apps/hdf5/bin")`. */
export type ModulefileCall = LuaCall<(typeof modulefileFunctions)[number]>;

/** A modulefile of Lmod: calls in the order in which Lmod makes them. */
export type Modulefile = LuaCalls<(typeof modulefileFunctions)[number]>;

/** Functions whose text Lmod prints; all others end in commands that the user's shell runs. */
const printed: readonly string[] = ['help', 'whatis', 'LmodMessage', 'LmodWarning', 'LmodError'];
const ofVariable: readonly string[] = ['setenv', 'pushenv', 'unsetenv', 'prepend_path', 'append_path', 'remove_path'];
const ofAlias: readonly string[] = ['set_alias', 'unset_alias', 'set_shell_function', 'unset_shell_function'];

/** Lmod before 8.7 hands a line break to the shell unquoted, which then runs the next line as a command (seen). */
function check({ fn, args }: ModulefileCall, report: Report): void {
  for (const arg of args) {
    if (!printed.includes(fn) && typeof arg === 'string' && /[\n\r]/.test(arg)) {
      report({
        code: 'HPC2053',
        message: `${quote(arg)} cannot be an argument of ${fn}: the shell would run its second line`,
      });
    }
  }
  const name = args[0];
  if (ofVariable.includes(fn) && !/^[A-Za-z_]\w*$/.test(String(name ?? ''))) {
    report({ code: 'HPC2054', message: `${quote(name)} cannot be the name of an environment variable in ${fn}` });
  } else if (ofAlias.includes(fn) && !/^[\w.+-]+$/.test(String(name ?? ''))) {
    report({ code: 'HPC2054', message: `${quote(name)} cannot be the name of an alias or function in ${fn}` });
  }
}

/** Modulefiles in Lua, as Lmod reads them. */
export const modulefile = luaCalls('modulefile', modulefileFunctions, check);
