/** The key of the drafts on this phone. It leaves the phone only towards the pages of the form. */
import type { Cookies } from '@sveltejs/kit';
import { DRAFT_DAYS, isDraftKey, newDraftKey } from '#lib/feedback/server/drafts.ts';
import { link } from '../../links.ts';

const NAME = 'umpan_balik';
const PATH = '/umpan-balik';
const DAY_S = 24 * 3_600;

export function draftKeyIn(cookies: Cookies): string | undefined {
	const key = cookies.get(NAME);
	return isDraftKey(key) ? key : undefined;
}

/** The key this phone has, or a new one; good for thirty more days, in both languages. */
export function keepDraftKey(cookies: Cookies, secure: boolean): string {
	const key = draftKeyIn(cookies) ?? newDraftKey();
	for (const locale of ['id', 'en'] as const) {
		cookies.set(NAME, key, {
			path: link(PATH, locale),
			httpOnly: true,
			sameSite: 'lax',
			secure,
			maxAge: DRAFT_DAYS * DAY_S
		});
	}
	return key;
}
