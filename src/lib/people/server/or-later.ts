import { Refusal } from '#lib/platform/refusal.ts';

/** For what is noted while a page is read: it is read also when nothing can be written. */
export async function orLater(note: () => Promise<void>): Promise<void> {
	try {
		await note();
	} catch (thrown) {
		if (!(thrown instanceof Refusal && thrown.code === 'unavailable')) throw thrown;
	}
}
