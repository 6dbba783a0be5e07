/** The look of the page: system fonts, light and dark, printable. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --ground: #ffffff; --panel: #f6f8fa; --line: #d0d7de;
  --danger: #b3261e; --caution: #8a5a00; --added: #116329; --removed: #b3261e; --link: #0950a8; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --quiet: #9aa5b1; --ground: #0d1117; --panel: #161b22; --line: #30363d;
    --danger: #ff8078; --caution: #e3b341; --added: #56d364; --removed: #ff8078; --link: #6cb6ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.25rem; }
p, ul, ol { margin: 0.25rem 0; }
a { color: var(--link); }
code, .source { font-family: ui-monospace, monospace; font-size: 0.875em; }
code { overflow-wrap: anywhere; }
.about, .source, .quiet { color: var(--quiet); }
.entry { border: 1px solid var(--line); border-left-width: 4px; border-radius: 4px; margin: 0.5rem 0; padding: 0.5rem 0.75rem;
  background: var(--panel); }
.entry.danger { border-left-color: var(--danger); }
.entry.caution { border-left-color: var(--caution); }
.entry h3 { display: inline; font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.entry li, .entry p { overflow-wrap: anywhere; }
.entry:target { outline: 2px solid var(--link); }
.class { font-weight: 600; }
.danger .class, .verdict { color: var(--danger); }
.caution .class { color: var(--caution); }
.added { color: var(--added); }
.removed { color: var(--removed); }
summary { cursor: pointer; }
summary h2 { display: inline; }
`.trim();
