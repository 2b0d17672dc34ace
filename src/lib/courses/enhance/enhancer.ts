/**
 * What a script may add to a course page that is complete without it.
 *
 * An enhancer finds what it knows by a `data-` attribute, and does nothing where that is missing. It
 * must leave the page as usable as it was when the browser lacks something.
 */
import type { Language } from '../course.ts';

export interface CoursePage {
	/** The `<html>` of the page. */
	readonly root: HTMLElement;
	/** What to speak: `m.courses_…({}, { locale })`. */
	readonly locale: Language;
	/** Whose phone this is, by the id of the person; null when nobody is signed in. */
	readonly holder: string | null;
	/** The page was made for nobody in particular: what is the holder's own is not in it. */
	readonly impersonal: boolean;
}

export type Enhancer = (page: CoursePage) => void | Promise<void>;
