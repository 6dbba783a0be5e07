import { luaCalls, type LuaCalls } from './lua-calls';

/** The functions of `.modulerc.lua`: defaults, aliases and what is hidden. */
export const modulercFunctions = ['module_version', 'module_alias', 'hide_version', 'hide_modulefile'] as const;

/** A `.modulerc.lua` file of Lmod. */
export type Modulerc = LuaCalls<(typeof modulercFunctions)[number]>;

/** `.modulerc.lua`, as Lmod reads it. */
export const modulerc = luaCalls('.modulerc.lua', modulercFunctions);
