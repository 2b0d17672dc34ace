/** One of several nodes that start at the same time: says how many migrations it applied. */
import { migrate } from '../migrate.ts';

console.log((await migrate()).length);
