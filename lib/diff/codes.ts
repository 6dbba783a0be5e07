import type { Codes } from '../values/codes';

/** Codes of the comparison of outputs (HPC2700 to HPC2799). */
export const diffCodes = {
  HPC2700: {
    title: 'a side of a comparison cannot be read',
    why: 'A diff compares two outputs, or two manifests; one of them is not there or is something else.',
    fix: 'Name the folder that hpcdk synth wrote, or its hpcdk/manifest.json.',
  },
} as const satisfies Codes;
