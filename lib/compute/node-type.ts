import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { App } from '../app/app';
import type { Codec } from '../values/codec';
import { integer, size } from '../values/codecs';
import { list, record } from '../values/collections';
import { type Problem, quote } from '../values/problem';
import { Size } from '../values/size';
import { gres, type GresProps } from './gres';
import { parseSlurmdFacts } from './slurm/facts';

const MARK = Symbol.for('hpcdk/NodeType');

/** A kind of machine, from its data sheet. */
export interface NodeTypeProps {
  /** Processor sockets. */
  readonly sockets: number;
  /** Cores of one socket. */
  readonly cores: number;
  /** Hardware threads of one core. @default 1 */
  readonly threads?: number;
  /** Installed memory. */
  readonly memory: Size;
  /**
   * Memory that jobs cannot have: firmware, kernel and crash dump take some of what is installed, and a node that reports
   * less than slurm.conf says is taken out.
   * @default - 4 % of the installed memory, in whole GiB, at least 1 GiB
   */
  readonly reserve?: Size;
  /** GPUs and other generic resources. @default [] */
  readonly gres?: readonly GresProps[];
}

/** What a node offers to jobs. */
export interface NodeShape {
  readonly sockets: number;
  readonly cores: number;
  readonly threads: number;
  /** Memory for jobs: RealMemory of slurm.conf. */
  readonly memory: Size;
  readonly gres: readonly GresProps[];
}

const shapeCodec: Codec<NodeShape> = record({
  sockets: integer(1, 64),
  cores: integer(1, 1024),
  threads: integer(1, 8),
  memory: size,
  gres: list(gres, { item: 'resource', ordered: true }),
});

/** A kind of machine: what one node of a pool has. */
export class NodeType {
  /** Says whether `x` is a node type, of this copy of the library or of another. */
  static isNodeType(x: unknown): x is NodeType {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** A machine from its data sheet. */
  static of(props: NodeTypeProps): NodeType {
    const { sockets, cores, threads = 1, memory, gres: resources = [] } = props;
    const problems: Problem[] = [];
    if (!Size.isSize(memory)) {
      problems.push({ code: 'HPC1001', message: `${quote(memory)} is not a Size, such as Size.gib(256)` });
      return new NodeType({ sockets, cores, threads, memory: Size.gib(1), gres: resources }, problems);
    }
    const problem = memory.problem ?? props.reserve?.problem;
    if (problem) return new NodeType({ sockets, cores, threads, memory, gres: resources }, [problem]);
    const reserve = props.reserve ?? Size.gib(Math.max(1, Math.ceil((memory.mib * 0.04) / 1024)));
    if (reserve.bytes >= memory.bytes) {
      problems.push({
        code: 'HPC4100',
        message: `the reserve of ${reserve} leaves nothing of the installed ${memory}`,
      });
      return new NodeType({ sockets, cores, threads, memory, gres: resources }, problems);
    }
    return new NodeType({ sockets, cores, threads, memory: memory.minus(reserve), gres: resources }, problems);
  }

  /**
   * A machine from its own report: the output of `slurmd -C`, kept in a file of the project. The report has no GPUs with
   * their types, so those are stated here.
   */
  static fromFacts(
    scope: IConstruct,
    file: string,
    more: { gres?: readonly GresProps[]; reserve?: Size } = {},
  ): NodeType {
    const problems: Problem[] = [];
    let text = '';
    try {
      text = readFileSync(join(App.of(scope).projectDir, file), 'utf8');
    } catch {
      problems.push({
        code: 'HPC4101',
        message: `the facts file ${quote(file)} cannot be read`,
        fix: 'run slurmd -C on the node and keep its output there; the path is relative to the folder of cdktf.json',
      });
    }
    const facts = problems.length
      ? undefined
      : parseSlurmdFacts(text, (problem) => problems.push({ ...problem, origin: problem.origin ?? { file, line: 1 } }));
    const shape = facts
      ? {
          sockets: facts.boards * facts.socketsPerBoard,
          cores: facts.coresPerSocket,
          threads: facts.threadsPerCore,
          memory: Size.mib(facts.realMemoryMib).minus(more.reserve ?? Size.bytes(0)),
          gres: more.gres ?? [],
        }
      : { sockets: 1, cores: 1, threads: 1, memory: Size.gib(1), gres: [] };
    return new NodeType(shape, problems);
  }

  private constructor(
    /** What a node of this type offers to jobs. */
    readonly shape: NodeShape,
    /** What is wrong with the facts or the data sheet. */
    readonly problems: readonly Problem[],
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }
}

/** Node types in field tables: compared by what they offer. */
export const nodeType: Codec<NodeType> = {
  type: shapeCodec.type,
  parse: (input, report) => {
    if (!NodeType.isNodeType(input)) {
      report({
        code: 'HPC1001',
        message: `${quote(input)} is not a NodeType, such as NodeType.of({ sockets: 2, cores: 32, ... })`,
      });
      return NodeType.of({ sockets: 1, cores: 1, memory: Size.gib(2) });
    }
    for (const problem of input.problems) report(problem);
    if (input.problems.length === 0) shapeCodec.parse(input.shape, report);
    return input;
  },
  print: (value) => shapeCodec.print(value.shape),
};

/** Hardware threads of a node. */
export const cpusOf = ({ sockets, cores, threads }: NodeShape): number => sockets * cores * threads;
