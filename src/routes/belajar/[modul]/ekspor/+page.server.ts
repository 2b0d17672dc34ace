import { findModule } from '#lib/courses/course.ts';
import { moduleFiles } from '#lib/courses/interchange/server/module-files.ts';
import { fileSize } from '#lib/platform/sizes.ts';
import { moduleFilePath } from '../../paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
	const { course, actor, locale } = locals;
	const files = moduleFiles(course, actor, { slug: params.modul, language: locale });
	const module = findModule(course, params.modul);
	return {
		module: { slug: module.slug, title: module.title[locale] },
		files: files.map(({ kind, name, content, leftOut }) => ({
			...{ kind, name, leftOut },
			// 'etos-kerja.id.imscc' → '.imscc': the heading of the page says the rest.
			ending: name.slice(`${module.slug}.${locale}`.length),
			href: moduleFilePath(module.slug, name, locale),
			size: fileSize(content.length, locale)
		}))
	};
};
