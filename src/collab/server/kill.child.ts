/**
 * For tests: a sync server in a process of its own, to be killed without warning. Says its port.
 *
 * Run with the address of a migrated database.
 */
import { openTestApp } from '../../../tests/open-app.ts';
import { openSync } from './harness.ts';

process.once('disconnect', () => process.exit()); // nobody is left who could kill it
const app = await openTestApp({ databaseUrl: process.argv[2] ?? '' });
const { url } = await openSync(app, { compactAfterUpdates: 40 });
process.send?.(url);
