import type { Construct } from 'constructs';
import type { FieldTable } from '../app/field';
import { type Contribution, HOST_FACTS, type HostFact, hostGroupOf } from '../app/host-fact';
import { type FaultReport, Noun } from '../app/noun';
import { placedDocuments } from './placed-documents';

/** A noun below a construct that stands for hosts: what it declares holds on those. */
export abstract class OnHosts<F extends FieldTable> extends Noun<F> {
  /** What holds on the hosts. */
  protected abstract facts(): readonly HostFact[];

  override check(report: FaultReport<F>): void {
    if (hostGroupOf(this)) return;
    const message = `'${this.node.path}' stands below no construct that stands for hosts`;
    report({ code: 'HPC6011', message, fix: 'give a Host as its scope' });
  }

  [HOST_FACTS](): readonly Contribution[] {
    const group = hostGroupOf(this as Construct);
    return group ? [{ group, role: group.name, facts: [...this.facts(), ...placedDocuments(this)] }] : [];
  }
}
