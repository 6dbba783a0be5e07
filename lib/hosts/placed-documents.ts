import type { IConstruct } from 'constructs';
import type { HostFact } from '../app/host-fact';
import { Noun } from '../app/noun';
import { Document } from '../documents/document';

/** The documents below a construct that have a place on hosts, as facts; those below another noun are its own. */
export function placedDocuments(construct: IConstruct): HostFact[] {
  return construct.node
    .findAll()
    .filter(Document.isDocument)
    .filter((document) => document.host !== undefined && Noun.of(document) === construct)
    .map((document) => ({ fact: 'file', document }) as const);
}
