/** What belongs to the sessions of an agenda: the lessons for the room and their sheets. */
import { lessonPath, toolPath } from '../belajar/paths.ts';

export interface Material {
	readonly title: string;
	readonly href: string;
}

/** Module slug → its materials. */
export function materialsOf(
	{ course, locale }: Pick<App.Locals, 'course' | 'locale'>,
	slots: readonly { readonly moduleSlug: string | null }[]
): Record<string, Material[]> {
	const taught = new Set(slots.map(({ moduleSlug }) => moduleSlug));
	const modules = course.modules.filter(({ slug }) => taught.has(slug));
	return Object.fromEntries(
		modules.map(({ slug, lessons }) => {
			const inRoom = lessons.filter(({ phase }) => phase === 'during');
			const tools = course.tools.filter((tool) => inRoom.some((each) => each.tool === tool.slug));
			return [
				slug,
				[
					...inRoom.map((lesson) => ({
						title: lesson.title[locale],
						href: lessonPath(slug, lesson.slug, locale)
					})),
					...tools.map((tool) => ({
						title: tool.title[locale],
						href: toolPath(tool.slug, locale)
					}))
				]
			];
		})
	);
}
