/** Everything that is kept for the holder of this phone: one queue and one courier for all of a page. */
import { openOutbox } from '#lib/platform/outbox/outbox.ts';
import { Courier } from './courier.ts';
import { keepDrafts } from './drafts.ts';
import type { CoursePage } from './enhancer.ts';
import { keepForms } from './forms.ts';
import { offerKeptTests } from './kept-tests.ts';
import { showOwn } from './own.ts';
import { sayWhatWaits } from './waiting.ts';

/** Where the browser keeps nothing, every form stays a plain one. */
export async function keepWhatIsSent(page: CoursePage): Promise<void> {
	const { root, holder } = page;
	if (!holder || !('indexedDB' in globalThis)) return;
	const outbox = await openOutbox(holder).catch(() => null);
	if (!outbox) return;
	const courier = new Courier(page, outbox);
	await showOwn(page, outbox);
	await keepDrafts(page, outbox);
	keepForms(courier);
	await offerKeptTests(page, outbox);
	sayWhatWaits(courier);
	// Only where they are needed, so that a lesson does not pay for them.
	if (root.querySelector('[data-test-path]')) await (await import('./test.ts')).keepTest(courier);
	if (root.querySelector('[data-queue]')) (await import('./queue-list.ts')).listQueue(courier);
	if (root.querySelector('[data-notebook]')) {
		await (await import('./notebook.ts')).showNotebook(page, outbox);
	}
	await courier.start();
}
