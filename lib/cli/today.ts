/** The present day in UTC, e.g. `2026-11-21`: what acknowledgements expire by. */
export const today = (): string => new Date().toISOString().slice(0, 10);
