import { Definition, type Declare, type Params } from './app/definition';
import { documentsRenderer } from './app/documents-renderer';
import { terraformRenderer } from './cloud/terraform-renderer';
import { ansibleRenderer } from './hosts/ansible/ansible-renderer';

/**
 * Makes a definition: the default export of a module that declares a site.
 *
 *     export default define((app) => {
 *       const campus = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
 *     });
 *
 * @param declare declares the constructs below the app. It may run any number of times and leaves no state behind.
 */
export function define<P extends Params = Params>(declare: Declare<P>): Definition<P> {
  return new Definition(declare, [documentsRenderer, ansibleRenderer, terraformRenderer]);
}
