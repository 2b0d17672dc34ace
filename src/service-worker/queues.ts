/** The queues of everybody who has used this phone. Whose operations are taken, the server decides. */
import { openOutbox, personOf } from '#lib/platform/outbox/outbox.ts';
import { postTo } from '#lib/platform/outbox/post.ts';
import { sendWaiting } from '#lib/platform/outbox/sending.ts';

/** Throws when something has to be tried again: the browser then comes back later. */
export async function sendQueues(): Promise<void> {
	let later = false;
	for (const person of await people()) {
		const outbox = await openOutbox(person);
		later = (await sendWaiting(outbox, postTo('/kiriman'))) === 'later' || later;
		outbox.close();
	}
	if (later) throw new Error('not everything could be sent');
}

export async function isAnythingUnsent(): Promise<boolean> {
	for (const person of await people()) {
		const outbox = await openOutbox(person);
		const waiting = await outbox.waiting();
		outbox.close();
		if (waiting.length > 0) return true;
	}
	return false;
}

async function people(): Promise<string[]> {
	const databases = (await indexedDB.databases?.()) ?? [];
	return databases.flatMap(({ name }) => personOf(name ?? '') ?? []);
}
