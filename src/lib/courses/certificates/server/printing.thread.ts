/** The thread that draws certificates: one sheet after the other. */
import { parentPort } from 'node:worker_threads';
import type { Sheet } from '../sheet.ts';
import { drawCertificate } from './drawing.ts';

parentPort?.on('message', async ({ id, sheet }: { id: number; sheet: Sheet }) => {
	try {
		parentPort?.postMessage({ id, pdf: await drawCertificate(sheet) });
	} catch (thrown) {
		// The stack without the message, which may quote a name.
		const failed =
			thrown instanceof Error ? (thrown.stack ?? '').split('\n').slice(1, 4).join() : '';
		parentPort?.postMessage({ id, failed });
	}
});
