import type { Locale } from '#lib/platform/calendar.ts';
import type { App as Tools } from '#lib/platform/server/app.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Standing } from '#lib/courses/server/lesson-standing.ts';
import type { Course } from '#lib/courses/course.ts';

declare global {
	namespace App {
		interface Error {
			/** What support needs to find the line in the log. */
			id?: string;
		}
		interface Locals {
			app: Tools;
			course: Course;
			actor: Actor | null;
			locale: Locale;
			/** A page for a phone to keep: made for anybody, so `actor` is nobody in particular. */
			impersonal: boolean;
			/**
			 * What is true of all readers that this page will be kept for, with blanks for their own words
			 * (request/kept-lessons). Null: the page is for who asks.
			 */
			inBlank: Standing | null;
			/** Cookies go back with the answer, which is then this browser's alone. */
			bringsCookie: boolean;
			/** A random name of this browser: counts its own wrong passwords and codes. */
			device: string;
		}
	}
}

export {};
