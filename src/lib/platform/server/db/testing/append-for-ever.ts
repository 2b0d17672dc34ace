/** A server in small: adds updates until it is killed, and says the number of each that was acknowledged. */
import { openDb } from '../index.ts';
import { openDocumentLog } from '../../documents.ts';

const log = openDocumentLog(await openDb());
for (let n = 0; ; n++) {
	const entry = { documentId: 'plan:1', update: new Uint8Array(200).fill(n), authors: [] };
	const heads = await log.append([entry], new Date());
	process.stdout.write(`${heads.get('plan:1')}\n`);
}
