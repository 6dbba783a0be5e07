/** Something that Spack can keep built packages in, such as a bucket of the cloud. */
export interface IBuildCache {
  /** Its URL, chosen by us and so known at synth, e.g. `s3://hpc-example-edu-spack/2026.1`. */
  readonly url: string;
}
