import { dirname, join, normalize } from 'node:path/posix';

/** A relative link of a page. */
export interface Link {
  /** What it points at, from the root of the repository. */
  readonly path: string;
  /** The heading behind `#`. */
  readonly heading?: string;
}

/** The relative links in a page; code is not looked at. */
export function linksOf(page: string, text: string): Link[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', heading] = target.split('#');
    return [{ path: path === '' ? page : normalize(join(dirname(page), path)), ...(heading && { heading }) }];
  });
}
