import { analysedItems } from '#lib/courses/tests/server/items.ts';
import { lessonKey } from '#lib/courses/course.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, course, actor, locale } = locals;
	const items = await analysedItems(app, course, actor, locale);
	const titles = course.modules.flatMap((module) =>
		module.lessons.map((lesson) => ({ key: lessonKey(lesson), title: lesson.title[locale] }))
	);
	return {
		unfolded: url.searchParams.has('terbuka'),
		items: items.map(({ texts, ...item }) => ({
			...item,
			lesson: titles.find(({ key }) => key === item.objective)?.title ?? item.objective,
			texts: Object.fromEntries(texts)
		}))
	};
};
