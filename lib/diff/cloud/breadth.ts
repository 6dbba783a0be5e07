/** Whether a change lets more through, or less, or some of both. */
export interface Breadth {
  readonly wider: boolean;
  readonly narrower: boolean;
}

export const SAME_BREADTH: Breadth = { wider: false, narrower: false };
export const BOTH: Breadth = { wider: true, narrower: true };

/** The other way round: what a denial covers more is allowed less. */
export const flipped = ({ wider, narrower }: Breadth): Breadth => ({ wider: narrower, narrower: wider });

/** Of several changes at once. */
export const together = (all: readonly Breadth[]): Breadth => ({
  wider: all.some(({ wider }) => wider),
  narrower: all.some(({ narrower }) => narrower),
});
