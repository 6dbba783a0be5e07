import type { Construct } from 'constructs';
import {
  codecs,
  define,
  Document,
  type Fields,
  type Format,
  NO_EFFECT,
  Noun,
  type Policy,
  required,
  Site,
} from 'hpcdk';

/** What a licence server serves. */
interface LicenceServerProps {
  /** Host of the server. */
  readonly host: string;
  /** Seats by product. */
  readonly seats: Readonly<Record<string, number>>;
}

// 1. a document format: a printer and the parser beside it
const licenceFile: Format<Readonly<Record<string, number>>> = {
  name: 'acme.lic',
  print: (seats) =>
    Object.entries(seats)
      .map(([product, count]) => `${product} ${count}\n`)
      .join(''),
  parse: (text) =>
    Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.split(' ')[0] as string, Number(line.split(' ')[1])]),
    ),
};

// 2. a noun with a field table; the compiler holds the table to the props
const word = codecs.matching({ what: 'a product', pattern: /^[a-z][a-z0-9-]*$/, allowed: 'lower-case letters' });
const fields = {
  host: required(codecs.hostlist, { section: 'other', effects: NO_EFFECT('clients ask again') }),
  seats: required(codecs.map(codecs.integer(1, 10_000), word), {
    section: 'contract',
    effects: {
      decreased: { class: 'reconfigure', reason: 'fewer seats', pending: 'jobs wait for a seat' },
      any: { class: 'reconfigure', reason: 'the server reads its file again' },
    },
  }),
} as const satisfies Fields<LicenceServerProps>;

/** A licence server of ACME. */
export class LicenceServer extends Noun<typeof fields> {
  static readonly kind = 'acme.LicenceServer';
  static readonly fields = fields;
  static readonly lifecycle = { added: NO_EFFECT('a new server'), removed: NO_EFFECT('nobody asks it any more') };

  constructor(scope: Construct, id: string, props: LicenceServerProps) {
    super(scope, id, LicenceServer, props);
    new Document(this, 'file', {
      path: `acme/${id}.lic`,
      format: licenceFile,
      content: () => this.values.seats,
      host: { path: '/etc/acme.lic' },
      readers: [{ service: 'acmed', on: 'reload' }],
    });
  }
}

// 3. a policy of the site, over the tree
export const fewSeats: Policy = {
  name: 'no more seats than we pay for',
  checkTree(app, report) {
    for (const construct of app.node.findAll()) {
      if (!Noun.isNoun(construct) || construct.definition.kind !== 'acme.LicenceServer') continue;
      const total = Object.values((construct as LicenceServer).values.seats).reduce((sum, count) => sum + count, 0);
      if (total > 100) report({ code: 'ACME1', message: `${total} seats are more than 100` }, construct, 'seats');
    }
  },
};

export default define((app) => {
  const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
  new LicenceServer(campus, 'licences', { host: 'lic1', seats: { mesher: 10, solver: 40 } });
  app.addPolicy(fewSeats);
});
