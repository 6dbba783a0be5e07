import { matching } from '../values/codecs';

/** The name of a region, whether the table of regions knows it or not. */
export const regionName = matching({
  what: 'a region of AWS',
  pattern: /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/,
  allowed: 'such as eu-central-1',
});
