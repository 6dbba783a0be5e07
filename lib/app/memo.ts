/** Keeps what is costly to make from one run to the next, under all that it follows from. */
export interface Memo {
  /** What was kept under an intent. Nothing, when it was not, or cannot be read back whole. */
  get(intent: string): string | undefined;
  /** Keeps a text. That it could not be kept is no fault: it is made again. */
  set(intent: string, text: string): void;
}
