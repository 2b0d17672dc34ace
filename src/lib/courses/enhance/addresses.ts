/** Addresses of the course as a script needs them: Indonesian without a prefix, English below /en. */
import type { Language } from '../course.ts';

export const pathIn = (locale: Language, path: string): string =>
	locale === 'en' ? `/en${path}` : path;
