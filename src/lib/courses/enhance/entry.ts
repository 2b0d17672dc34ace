/**
 * The one script of course and test pages: a module of its own, built by the same build, named after
 * its contents. Nothing waits for it; a page without it reads and sends.
 */
import { holderIn } from '#lib/people/holder.ts';
import type { CoursePage, Enhancer } from './enhancer.ts';
import { enhancers } from './enhancers.ts';

const root = document.documentElement;
const page: CoursePage = {
	root,
	locale: root.lang === 'en' ? 'en' : 'id',
	holder: holderIn(document.cookie),
	impersonal: root.querySelector('[data-impersonal]') !== null
};

for (const enhance of enhancers) void addTo(page, enhance);

/** One that fails takes nothing from the others, and still shows up as an error of the page. */
async function addTo(page: CoursePage, enhance: Enhancer): Promise<void> {
	try {
		await enhance(page);
	} catch (thrown) {
		setTimeout(() => {
			throw thrown;
		});
	}
}
