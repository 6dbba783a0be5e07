import { define } from 'hpcdk';
import { declareCampus } from '../stacks/campus';

/** The reference campus, declared several times: `--param campuses=10`. Each is a site with a cloud of its own. */
export default define<{ campuses?: string }>((app, { campuses = '1' }) => {
  for (let n = 0; n < Number(campuses); n += 1) declareCampus(app, `campus${n}`, n);
});
