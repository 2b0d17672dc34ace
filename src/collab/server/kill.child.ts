/**
 * For tests: a sync server in a process of its own, to be killed without warning. Says its port.
 *
 * Run with the address of a migrated database.
 */
import { openTestApp } from '../../../tests/open-app.ts';
import { openSync } from './harness.ts';

const app = await openTestApp({ databaseUrl: process.argv[2] ?? '' });
const { url } = await openSync(app, { compactAfterUpdates: 40 });
process.send?.(url);
// Nobody is there any more who could kill it.
process.once('disconnect', () => process.exit());
