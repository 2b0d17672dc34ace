/** The browser shows a page again as it left it; when another person holds the phone by then, it is fetched anew. */
import { holderIn } from '#lib/people/holder.ts';
import type { CoursePage } from './enhancer.ts';

export function mindTheBackButton({ root, holder }: CoursePage): void {
	addEventListener('pageshow', ({ persisted }) => {
		if (!persisted || holderIn(document.cookie) === holder) return;
		root.hidden = true;
		location.reload();
	});
}
