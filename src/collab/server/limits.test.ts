/** What one phone, one person and one document may ask of the server. */
import { describe, expect, test } from 'vitest';
import { closeCode, messageType, syncStep } from '../codes.ts';
import { varUints } from './bytes.ts';
import { asStep2, isSaved, until, type Phone } from './harness.ts';
import { acknowledged, expectClosed, openStage, typed } from './stage.harness.ts';

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

	test('[LIM1] more bytes than anybody types end the socket', async () => {
		await stage.restartWith({ bytesPerSecond: 100, bytesBurst: 2000 });
		const budi = await stage.rawOf('budi');
		budi.send(...asStep2(typed('x'.repeat(1500))));
		await until(() => acknowledged(budi) === 1);
		budi.send(...asStep2(typed('x'.repeat(1500))));
		await expectClosed(budi, closeCode.tooFast, 'bytes');
	});

	test('[LIM1] a cursor that is too fast or too large is dropped, and the socket stays', async () => {
		const budi = await stage.rawOf('budi');
		budi.send(messageType.awareness, varUints(5000), new Uint8Array(5000));
		for (let n = 0; n < 40; n++) budi.send(messageType.awareness, 1, 0);
		budi.send(...asStep2(typed('ditulis')));
		await until(() => acknowledged(budi) === 1);
		const refusals = stage.server.sync.refusals();
		expect(refusals.get('awareness_large')).toBe(1);
		expect(refusals.get('awareness_fast')).toBeGreaterThan(10);
	});

	test('[LIM5] a document that is full of people asks to be tried again', async () => {
		await stage.restartWith({ socketsPerDocument: 2 });
		const first = await stage.rawOf('sri');
		await stage.rawOf('wati');
		await expectClosed(await stage.rawOf('budi'), closeCode.tryAgain, 'document_busy');
		first.socket.close();
		await until(() => stage.server.sync.counts().sockets === 1);
		const phone = stage.phoneOf('budi');
		await until(() => isSaved(phone));
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
		// More than the network between the two takes by itself.
		const update = typed('kalimat '.repeat(2_500_000));
		const entry = { documentId: 'plan-1', update, authors: [] };
		await stage.app.documents.append([entry], stage.app.now());
		await stage.restartWith({ backlogBytes: 1, slowReaderMs: 1500 });
		const budi = await stage.rawOf('budi', '?ack=1&parts=1');
		const read = () => budi.frames.reduce((sum, frame) => sum + frame.length, 0);
		budi.socket.on('message', () => {
			budi.socket.pause();
			setTimeout(() => budi.socket.resume(), 8);
		});
		budi.send(messageType.sync, syncStep.step1, 1, 0);
		await until(() => read() >= update.length, 60_000);
		expect(stage.server.sync.refusals().has('slow_reader')).toBe(false);
	}, 90_000);

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
