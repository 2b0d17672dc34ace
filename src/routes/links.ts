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

const IMPERSONAL = '/paket';
/** What has such pages: the course, and the form for the code of attendance. */
const KEPT = ['/belajar', '/hadir'].map((place) => IMPERSONAL + place);

/**
 * The address of a page as nobody in particular reads it: without a name, without progress.
 * This is what a phone keeps, whoever holds it next.
 */
export function impersonal(path: string, locale: Locale): string {
	return link(IMPERSONAL + path, locale);
}

export function isImpersonal(pathname: string): boolean {
	const path = withoutLocale(pathname);
	return KEPT.some((kept) => path === kept || path.startsWith(`${kept}/`));
}

/** The page itself, in any language and for anybody: '/en/paket/belajar' → '/belajar' */
export function pagePath(pathname: string): string {
	const path = withoutLocale(pathname);
	return isImpersonal(path) ? path.slice(IMPERSONAL.length) : path;
}

/**
 * Where to go after signing in: a page of ours, never another site. Spelled as browsers spell
 * addresses, so that it can stand in a header whatever letters it came with.
 */
export function ownPath(wanted: string | null): string | null {
	const here = 'http://here.invalid';
	if (!wanted?.startsWith('/') || !URL.canParse(wanted, here)) return null;
	const { origin, pathname, search, hash } = new URL(wanted, here);
	return origin === here && !pathname.startsWith('//') ? pathname + search + hash : null;
}
