import type { Locale } from '#lib/platform/calendar.ts';
import { link } from '../links.ts';

/** The addresses of the course, in the language of the page. */
export const coursePath = (locale: Locale) => link('/belajar', locale);

export const modulePath = (moduleSlug: string, locale: Locale) =>
	link(`/belajar/${moduleSlug}`, locale);

export const lessonPath = (moduleSlug: string, lessonSlug: string, locale: Locale) =>
	link(`/belajar/${moduleSlug}/${lessonSlug}`, locale);

export const quizPath = (moduleSlug: string, locale: Locale) =>
	link(`/belajar/${moduleSlug}/kuis`, locale);
