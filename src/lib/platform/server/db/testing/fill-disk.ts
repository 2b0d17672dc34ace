/**
 * A server on a disk that becomes full: writes until it is refused, goes on reading, says that it is
 * not ready, and writes again once there is room. Says a line for each.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../../app.ts';
import { isReady } from '../../readiness.ts';

const app = await openApp();
const log = app.documents;
const append = (bytes = 64 * 1024) =>
	log
		.append([{ documentId: 'plan:1', update: new Uint8Array(bytes), authors: [] }], new Date())
		.then(
			(heads) => `kept ${heads.get('plan:1')}`,
			(thrown: { code?: string }) => `refused ${thrown.code}`
		);

let outcome: string;
do outcome = await append();
while (outcome.startsWith('kept'));
console.log(outcome);
console.log(await append());
while ((await append(1)).startsWith('kept'));
for (let pages = 20; pages > 0 && (await isReady(app)); pages--); // each asking takes one, to the last
console.log(`read ${(await log.read('plan:1'))?.updates.length}`);
await app.db.write(async () => {}); // goes through: nothing is written
console.log(`ready ${await isReady(app)}`);
console.log('full');
do {
	await pause(20);
	outcome = await append();
} while (outcome.startsWith('refused'));
console.log(outcome);
process.exit();
