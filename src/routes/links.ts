import type { Locale } from '#lib/platform/calendar.ts';

const ENGLISH = '/en';

/** The address of a page in a language: Indonesian without a prefix, English below /en. */
export function link(path: string, locale: Locale): string {
	if (locale === 'id') return path;
	return path === '/' ? ENGLISH : ENGLISH + path;
}

export function localeOf(pathname: string): Locale {
	return pathname === ENGLISH || pathname.startsWith(`${ENGLISH}/`) ? 'en' : 'id';
}

/** '/en/belajar' → '/belajar' */
export function withoutLocale(pathname: string): string {
	return localeOf(pathname) === 'en' ? pathname.slice(ENGLISH.length) || '/' : pathname;
}

/** Where to go after signing in: a page of ours, never another site. */
export function ownPath(wanted: string | null): string | null {
	if (!wanted || !/^\/(?![/\\])/.test(wanted)) return null;
	return URL.canParse(wanted, 'http://here.invalid') &&
		new URL(wanted, 'http://here.invalid').host === 'here.invalid'
		? wanted
		: null;
}
