/** A small definition of files that belong to a site. */
export const motd = `import { define, Document, Site } from 'hpcdk';

const text = { name: 'text', print: (content: string) => content, parse: (content: string) => content };

export default define((app, { greeting = 'Welcome' }) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu', ansible: false });
  new Document(campus, 'motd', { path: 'motd/motd', format: text, content: () => \`\${greeting}\\n\` });
  new Document(campus, 'issue', { path: 'motd/issue', format: text, content: () => 'hpc\\n' });
});
`;

/** Many mistakes in one definition, each on a line of its own. */
export const faulty = `import { define, Site } from 'hpcdk';

export default define((app) => {
  new Site(app, 'campus', {
    // contact: this is a comment
    domain: 'HPC.example.edu',
    contact: 'nobody',
    ansibel: true,
  } as never);
  new Site(app, 'lab', {} as never);
  new Site(app, 'lab', { domain: 'b', contact: 'a@b' });
});
`;
