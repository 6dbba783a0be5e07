import { App, type AppProps } from './app';
import type { Memo } from './memo';
import { Diagnostics, synthesize, type Synthesis, type SynthesisOptions } from './synthesize';

const DEFINITION = Symbol.for('hpcdk/Definition');

/** The parameters of a definition: `hpcdk synth --param nodes=4` gives text. */
export type Params = Readonly<Record<string, unknown>>;

/** A function that declares a site below an app. It may run any number of times and leaves no state behind. */
export type Declare<P extends Params = Params> = (app: App, params: P) => void | Promise<void>;

/** A definition, ready to be synthesised: the default export of a definition's module. */
export class Definition<P extends Params = Params> {
  /** Says whether `x` is a definition, of this copy of the library or of another. */
  static isDefinition(x: unknown): x is Definition {
    return typeof x === 'object' && x !== null && DEFINITION in x;
  }

  constructor(
    private readonly declare: Declare<P>,
    private readonly renderers: AppProps['renderers'],
  ) {
    Object.defineProperty(this, DEFINITION, { value: true });
  }

  /**
   * Runs the definition and takes its tree through the pipeline. An exception in it becomes one diagnostic beside those of
   * the tree so far.
   */
  async synthesize(options: { projectDir: string; params?: P; memo?: Memo } & SynthesisOptions): Promise<Synthesis> {
    const params = options.params ?? ({} as P);
    const app = new App({ ...options, params, renderers: this.renderers });
    const found = new Diagnostics(app);
    try {
      await this.declare(app, params);
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      found.addAtLine({ code: 'HPC2503', message: `the definition stopped: ${message}` }, { stack });
    }
    return synthesize(app, found, options);
  }
}
