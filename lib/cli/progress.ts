/** What a person who waits is told. */
export interface Progress {
  /** Says what is being done now. Nothing is printed before a second has passed. */
  step(text: string): void;
  /** Takes away what stands on the terminal. */
  done(): void;
}

/** Where progress goes. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const PATIENCE_MS = 1000;

/** No progress: for --json and SARIF, and for tests. */
export const silent: Progress = { step: () => undefined, done: () => undefined };

/** Progress on a stream: one line that changes on a terminal, plain lines elsewhere. */
export function progressOn(stream: ProgressStream): Progress {
  const begin = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let shown = false;
  const show = (text: string): void => {
    stream.write(stream.isTTY ? `\r\u001b[2K${text} ...` : `${text} ...\n`);
    shown = true;
  };
  return {
    step(text) {
      clearTimeout(timer);
      const left = PATIENCE_MS - (performance.now() - begin);
      if (left <= 0) show(text);
      // A step that leaves the event loop alone is shown late; one that blocks it, with the next one.
      else timer = setTimeout(show, left, text).unref();
    },
    done() {
      clearTimeout(timer);
      if (shown && stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}
