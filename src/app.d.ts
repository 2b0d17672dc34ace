import type { Locale } from '#lib/platform/calendar.ts';
import type { App as Tools } from '#lib/platform/server/app.ts';
import type { Actor } from '#lib/people/actor.ts';
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
			/** A random name of this browser: counts its own wrong passwords and codes. */
			device: string;
			requestId: string;
		}
	}
}

export {};
