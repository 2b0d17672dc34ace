import type { Locale } from '#lib/platform/calendar.ts';
import { link } from '../../links.ts';

export const bankPath = (locale: Locale) => link('/tinjau/bank-soal', locale);

export const importPath = (locale: Locale) => link('/tinjau/bank-soal/impor', locale);

export const examplePath = (name: string, locale: Locale) => `${importPath(locale)}/contoh/${name}`;
