/** What one phone, one person and one document may ask of the server. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { messageType, syncStep } from '../codes.ts';
import { isSaved, storedDocument, until, type Phone } from './harness.ts';
import { openStage } from './stage.harness.ts';

const stage = openStage();

describe('who asks for too much', () => {
	test('[LIM4] a document that is full takes no more, and says so', async () => {
		await stage.restartWith({ documentBytes: 2000 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		sri.text.insert(0, 'x'.repeat(2000));
		await until(() => isSaved(sri));
		sri.text.insert(0, 'lagi');
		await until(() => sri.connection.now.reason === 'large');
		expect((await stage.storedTitle()).length).toBe(2000);
	});

	/** Somebody writes more and more, until somebody else who does not read is cut off. */
	async function writeUntilCut(): Promise<Phone> {
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		await until(() => {
			if (isSaved(sri)) sri.doc.getMap('blob').set('b', 'x'.repeat(900_000));
			return stage.server.sync.refusals().has('slow_reader');
		});
		return sri;
	}

	test('[LIM6] a socket that does not read is cut off', async () => {
		const plenty = { bytesBurst: 1e9, framesBurst: 1e5, documentBytes: 1e9 };
		await stage.restartWith({ backlogBytes: 100_000, slowReaderMs: 100, ...plenty });
		const budi = await stage.rawOf('budi');
		budi.socket.pause();
		await writeUntilCut();
	});

	test('[LIM6] one that reads slowly gets all of a long document, however long it takes', async () => {
		const plenty = { bytesBurst: 1e9, framesBurst: 1e5, documentBytes: 1e9 };
		await stage.restartWith({ ...plenty, backlogMostBytes: 1e9 });
		const sri = stage.phoneOf('sri');
		await until(() => isSaved(sri));
		for (let n = 0; n < 30; n++) {
			sri.doc.getMap('blob').set(`b${n}`, 'x'.repeat(900_000));
			await until(() => isSaved(sri));
		}
		const { length } = Y.encodeStateAsUpdate(await storedDocument(stage.app, 'plan-1'));
		await stage.restartWith({
			...plenty,
			backlogMostBytes: 1e9,
			backlogBytes: 1,
			slowReaderMs: 60
		});
		const budi = await stage.rawOf('budi', '?ack=1&parts=1');
		const read = () => budi.frames.reduce((sum, frame) => sum + frame.length, 0);
		budi.send(messageType.sync, syncStep.step1, 1, 0);
		while (read() < length) {
			budi.socket.pause();
			await new Promise((resolve) => setTimeout(resolve, 10));
			budi.socket.resume();
			const before = read();
			await until(() => read() > before);
		}
		expect(stage.server.sync.refusals().has('slow_reader')).toBe(false);
	});

	test('[WIRE4] a socket on which nobody says anything hears from us with every ping', async () => {
		await stage.restartWith({ pingMs: 20 });
		const budi = await stage.rawOf('budi');
		const nobody = Buffer.from([messageType.awareness, 1, 0]);
		await until(() => budi.frames.filter((frame) => nobody.equals(frame)).length >= 2);
	});

	test('[LIM6] a socket that does not read takes no more memory than it may, not even for seconds', async () => {
		const plenty = { bytesBurst: 1e9, framesBurst: 1e5, documentBytes: 1e9 };
		await stage.restartWith({ backlogMostBytes: 100_000, slowReaderMs: 1e6, ...plenty });
		const budi = await stage.rawOf('budi');
		budi.socket.pause();
		const sri = await writeUntilCut();
		await until(() => isSaved(sri));
	});

	test('[LIM7] a socket that answers no ping is dropped', async () => {
		await stage.restartWith({ pingMs: 20, deadMs: 60 });
		const budi = await stage.rawOf('budi');
		budi.socket.pause();
		await until(() => stage.server.sync.counts().sockets === 0);
	});
});
