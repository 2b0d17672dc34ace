/** A second start of the program: says whether it was let in. */
import { openDb } from '../index.ts';
import type { StartRefused } from '../../start-refused.ts';

try {
	await openDb();
	console.log('opened');
	process.exit();
} catch (thrown) {
	const { sentences, exitCode } = thrown as StartRefused;
	console.log(sentences[1]);
	process.exit(exitCode);
}
