import { Document } from '../documents/document';
import type { Renderer } from './renderer';

/** Renders every document of the tree. */
export const documentsRenderer: Renderer = {
  name: 'documents',
  *render(app, report) {
    for (const construct of app.node.findAll()) {
      if (!Document.isDocument(construct) || !construct.exists) continue;
      const { format, host, readers } = construct;
      yield {
        path: construct.path,
        content: construct.render((problem) => report(problem, construct)),
        mode: construct.mode,
        owner: construct,
        format: format.name,
        ...(host && { host }),
        ...(readers.length > 0 && { readers }),
      };
    }
  },
};
