const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/** Where text stops being JSON (RFC 8259), as an offset; undefined when it is JSON. V8 tells it for some faults only. */
export function jsonFault(text: string): number | undefined {
  const scanner = new Scanner(text);
  return scanner.value() && scanner.space() && scanner.at === text.length ? undefined : scanner.at;
}

class Scanner {
  at = 0;

  constructor(private readonly text: string) {}

  value(): boolean {
    this.space();
    if (this.take('{')) return this.items('}', () => this.string() && this.space() && this.take(':') && this.value());
    if (this.take('[')) return this.items(']', () => this.value());
    return this.match(SCALAR);
  }

  space(): true {
    this.match(SPACE);
    return true;
  }

  private items(close: string, item: () => boolean): boolean {
    this.space();
    if (this.take(close)) return true;
    do {
      this.space();
      if (!item()) return false;
      this.space();
    } while (this.take(','));
    return this.take(close);
  }

  private string(): boolean {
    return this.text[this.at] === '"' && this.match(SCALAR);
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return false;
    this.at += found.length;
    return true;
  }
}
