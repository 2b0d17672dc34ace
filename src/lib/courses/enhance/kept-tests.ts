/** On the pages that open without a signal: the tests of this person that can be gone on with. */
import { m } from '#lib/paraglide/messages.js';
import type { Outbox } from '#lib/platform/outbox/outbox.ts';
import { keptTests } from '../offline/kept-test.ts';
import type { CoursePage } from './enhancer.ts';

export async function offerKeptTests({ root, locale }: CoursePage, outbox: Outbox): Promise<void> {
	const place = root.querySelector<HTMLElement>('[data-kept-tests]');
	if (!place) return;
	for (const { path, title } of await keptTests(outbox)) {
		const link = document.createElement('a');
		link.href = path;
		link.className = 'button';
		link.textContent = m.courses_test_go_on_with({ title }, { locale });
		const line = document.createElement('p');
		line.append(link);
		place.append(line);
		place.hidden = false;
	}
}
