/**
 * A server on a disk that becomes full: writes until it is refused, goes on reading, and writes
 * again once there is room. Says a line for each.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openDb } from '../index.ts';
import { openDocumentLog } from '../../documents.ts';

const log = openDocumentLog(await openDb());
const update = new Uint8Array(64 * 1024).fill(7);
const append = () =>
	log.append([{ documentId: 'plan:1', update, authors: [] }], new Date()).then(
		(heads) => `kept ${heads.get('plan:1')}`,
		(thrown: { code?: string }) => `refused ${thrown.code}`
	);

let outcome: string;
do outcome = await append();
while (outcome.startsWith('kept'));
console.log(outcome);
console.log(await append());
console.log(`read ${(await log.read('plan:1'))?.updates.length}`);
console.log('full');
do {
	await pause(20);
	outcome = await append();
} while (outcome.startsWith('refused'));
console.log(outcome);
process.exit();
