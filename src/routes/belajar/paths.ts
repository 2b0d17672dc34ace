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

/** All lessons of a module on paper. */
export const printPath = (moduleSlug: string, locale: Locale) =>
	link(`/belajar/${moduleSlug}/cetak`, locale);

export const toolsPath = (locale: Locale) => link('/belajar/alat', locale);

export const toolPath = (toolSlug: string, locale: Locale) =>
	link(`/belajar/alat/${toolSlug}`, locale);

export const notebookPath = (locale: Locale) => link('/belajar/catatan', locale);

export const glossaryPath = (locale: Locale) => link('/belajar/istilah', locale);

export const searchPath = (locale: Locale) => link('/belajar/cari', locale);

/** Where a module, or the whole course, is saved to the phone. */
export const packPath = (moduleSlug: string, locale: Locale) =>
	link(`/belajar/simpan#${moduleSlug || 'semua'}`, locale);

/** A module as files for other systems. */
export const takePath = (moduleSlug: string, locale: Locale) =>
	link(`/belajar/${moduleSlug}/ekspor`, locale);

export const moduleFilePath = (moduleSlug: string, name: string, locale: Locale) =>
	`${takePath(moduleSlug, locale)}/${name}`;
