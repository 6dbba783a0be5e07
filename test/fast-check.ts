import fc from 'fast-check';

/**
 * fast-check with one seed, so that a commit has one verdict wherever and whenever its tests run.
 * `npm run fuzz` tries another seed; what it finds becomes a case of its own, or a `seed` of the property.
 */
const { HPCDK_SEED: asked } = process.env;
fc.configureGlobal({
  seed: asked === 'random' ? Math.trunc(Math.random() * 0x7fff_ffff) : Number(asked ?? 20_261_121),
});

export default fc;
