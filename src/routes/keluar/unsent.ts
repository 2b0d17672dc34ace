/** What waits on this phone for somebody who is about to sign out. */
import { openOutbox } from '#lib/platform/outbox/outbox.ts';
import { postTo } from '#lib/platform/outbox/post.ts';
import { sendWaiting } from '#lib/platform/outbox/sending.ts';

/** How many entries are on this phone alone; none where the browser keeps nothing. */
export async function unsentOf(userId: string): Promise<number> {
	try {
		const outbox = await openOutbox(userId);
		try {
			return (await outbox.queued()).length;
		} finally {
			outbox.close();
		}
	} catch {
		return 0; // or it is being removed at this very moment: whoever pressed at once has gone
	}
}

/** Tries to send them; the answer is how many are left. */
export async function sendNow(userId: string): Promise<number> {
	const outbox = await openOutbox(userId);
	try {
		await sendWaiting(outbox, postTo('/kiriman'));
		return (await outbox.queued()).length;
	} finally {
		outbox.close();
	}
}
