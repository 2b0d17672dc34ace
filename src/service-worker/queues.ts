/** The queues of everybody who has used this phone. Whose operations are taken, the server decides. */
import { openOutbox, personOf, type Outbox } from '#lib/platform/outbox/outbox.ts';
import { postTo } from '#lib/platform/outbox/post.ts';
import { sendWaiting } from '#lib/platform/outbox/sending.ts';

/** Throws when something has to be tried again: the browser then comes back later. */
export async function sendQueues(): Promise<void> {
	let later = false;
	for (const person of await people()) {
		const outbox = await openOutbox(person);
		try {
			later = (await sendWaiting(outbox, postTo('/kiriman'))) === 'later' || later;
		} finally {
			outbox.close();
		}
	}
	if (later) throw new Error('not everything could be sent');
}

/** The database of one person, when there is one: looking makes none. */
export async function openOwn(person: string): Promise<Outbox | null> {
	return (await people()).includes(person) ? openOutbox(person) : null;
}

async function people(): Promise<string[]> {
	const databases = (await indexedDB.databases?.()) ?? [];
	return databases.flatMap(({ name }) => personOf(name ?? '') ?? []);
}
