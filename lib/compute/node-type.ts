import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConstruct } from 'constructs';
import { App } from '../app/app';
import type { Codec } from '../values/codec';
import { integer, power, size } from '../values/codecs';
import { list, record } from '../values/collections';
import type { Power } from '../values/power';
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
  /**
   * What one node draws at full load, as the site measured it or the vendor states it. Reviews add it up; no host gets it.
   * @default - not known
   */
  readonly power?: Power;
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

/** What a node offers to jobs, and what it draws. */
const typeCodec: Codec<NodeShape & Pick<NodeTypeProps, 'power'>> = record(
  {
    sockets: integer(1, 64),
    cores: integer(1, 1024),
    threads: integer(1, 8),
    memory: size,
    gres: list(gres, { item: 'resource', ordered: true }),
  },
  { power },
);

/** A kind of machine: what one node of a pool has. */
export class NodeType {
  /** Says whether `x` is a node type, of this copy of the library or of another. */
  static isNodeType(x: unknown): x is NodeType {
    return typeof x === 'object' && x !== null && MARK in x;
  }

  /** A machine from its data sheet. */
  static of(props: NodeTypeProps): NodeType {
    const { sockets, cores, threads = 1, memory, gres: resources = [], power: drawn } = props;
    const problems: Problem[] = [];
    if (!Size.isSize(memory)) {
      problems.push({ code: 'HPC1001', message: `${quote(memory)} is not a Size, such as Size.gib(256)` });
      return new NodeType({ sockets, cores, threads, memory: Size.gib(1), gres: resources }, problems, drawn);
    }
    const problem = memory.problem ?? props.reserve?.problem;
    if (problem) return new NodeType({ sockets, cores, threads, memory, gres: resources }, [problem], drawn);
    const reserve = props.reserve ?? Size.gib(Math.max(1, Math.ceil((memory.mib * 0.04) / 1024)));
    if (reserve.bytes >= memory.bytes) {
      problems.push({
        code: 'HPC4100',
        message: `the reserve of ${reserve} leaves nothing of the installed ${memory}`,
      });
      return new NodeType({ sockets, cores, threads, memory, gres: resources }, problems, drawn);
    }
    return new NodeType({ sockets, cores, threads, memory: memory.minus(reserve), gres: resources }, problems, drawn);
  }

  /**
   * A machine from its own report: the output of `slurmd -C`, kept in a file of the project. The report has no GPUs with
   * their types and does not know what the machine draws, so those are stated here.
   */
  static fromFacts(
    scope: IConstruct,
    file: string,
    more: Pick<NodeTypeProps, 'gres' | 'reserve' | 'power'> = {},
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
    return new NodeType(shape, problems, more.power);
  }

  private constructor(
    /** What a node of this type offers to jobs. */
    readonly shape: NodeShape,
    /** What is wrong with the facts or the data sheet. */
    readonly problems: readonly Problem[],
    /** What one node draws at full load. */
    readonly power?: Power,
  ) {
    Object.defineProperty(this, MARK, { value: true });
  }
}

const partsOf = ({ shape, power: drawn }: NodeType) => ({ ...shape, ...(drawn && { power: drawn }) });

/** Node types in field tables: compared by what they offer and draw. */
export const nodeType: Codec<NodeType> = {
  type: typeCodec.type,
  parse: (input, report) => {
    if (!NodeType.isNodeType(input)) {
      report({
        code: 'HPC1001',
        message: `${quote(input)} is not a NodeType, such as NodeType.of({ sockets: 2, cores: 32, ... })`,
      });
      return NodeType.of({ sockets: 1, cores: 1, memory: Size.gib(2) });
    }
    for (const problem of input.problems) report(problem);
    if (input.problems.length === 0) typeCodec.parse(partsOf(input), report);
    return input;
  },
  print: (value) => typeCodec.print(partsOf(value)),
};

/** Hardware threads of a node. */
export const cpusOf = ({ sockets, cores, threads }: NodeShape): number => sockets * cores * threads;
