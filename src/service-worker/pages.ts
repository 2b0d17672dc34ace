/** Which kept page stands for an address, and whether the server need be asked at all. */
import { keptAt } from '#lib/courses/offline/pack-store.ts';
import { isHeld } from '#lib/people/holder.ts';
import { impersonal, localeOf, pagePath } from '../routes/links.ts';

/** Pages on which the server knows more than any phone: asked first, kept ones only help out. */
const SERVER_FIRST = new Set(['/belajar', '/belajar/simpan']);

export interface KeptPage {
	readonly page: Response;
	/** As good as what the server would send. */
	readonly enough: boolean;
}

export async function keptPage({ pathname, search }: URL): Promise<KeptPage | null> {
	// What follows a question mark is the answer to something: a result, a search.
	if (search !== '') return null;
	const path = pagePath(pathname);
	const page = await keptAt(impersonal(path, localeOf(pathname)));
	if (!page) return null;
	return { page, enough: !SERVER_FIRST.has(path) && (await isHeld()) };
}

/** What can be shown instead of a page that is not kept. */
export async function offlinePage({ pathname }: URL): Promise<Response | null> {
	const locale = localeOf(pathname);
	const other = locale === 'id' ? 'en' : 'id';
	return (
		(await keptAt(impersonal('/belajar/simpan', locale))) ??
		(await keptAt(impersonal('/belajar/simpan', other))) ??
		null
	);
}
