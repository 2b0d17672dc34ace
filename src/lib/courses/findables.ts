/** What can be found in the course, in one language. */
import {
	findModule,
	lessonKey,
	type Course,
	type InBoth,
	type Language,
	type Module
} from './course.ts';
import { BASE_PACK } from './pack.ts';
import { indexCourse, type CourseIndex, type Findable } from './search.ts';
import { writableParts, type Tool, type ToolPart } from './tool.ts';

/** 'lesson/<module>/<lesson>', 'tool/<sheet>', 'term/<word>' */
type FindableRef = `${Place['kind']}/${string}`;

/** Where something that was found stands in the course. */
export type Place =
	| {
			readonly kind: 'lesson';
			readonly moduleSlug: string;
			readonly lessonSlug: string;
			readonly moduleTitle: InBoth;
	  }
	| { readonly kind: 'tool'; readonly slug: string }
	| { readonly kind: 'term'; readonly slug: string };

/** The place that a hit of this course's index names. */
export function placeOf(course: Pick<Course, 'modules'>, ref: string): Place {
	const [kind, first = '', second = ''] = ref.split('/');
	if (kind === 'tool' || kind === 'term') return { kind, slug: first };
	const { title } = findModule(course, first);
	return { kind: 'lesson', moduleSlug: first, lessonSlug: second, moduleTitle: title };
}

export function findablesIn(course: Course, language: Language): Findable[] {
	return [
		...course.modules.flatMap((module) => lessonsOf(module, language)),
		...aroundThem(course, language)
	];
}

/** Of one pack: the lessons of its module, or what lies around the modules. Refuses with `not_found`. */
export function findablesOfPack(course: Course, name: string, language: Language): Findable[] {
	if (name === BASE_PACK) return aroundThem(course, language);
	return lessonsOf(findModule(course, name), language);
}

const lessonsOf = ({ lessons }: Pick<Module, 'lessons'>, language: Language): Findable[] =>
	lessons.map((lesson) => ({
		ref: `lesson/${lessonKey(lesson)}` satisfies FindableRef,
		title: lesson.title[language],
		passages: [...lesson.objectives[language], ...passagesOf(lesson.html[language])]
	}));

function aroundThem(course: Course, language: Language): Findable[] {
	return [
		...course.tools.map((tool) => ({
			ref: `tool/${tool.slug}` satisfies FindableRef,
			title: tool.title[language],
			passages: [tool.purpose[language], ...wordsOn(tool, language)]
		})),
		...course.terms.map(({ slug, term, meaning }) => ({
			ref: `term/${slug}` satisfies FindableRef,
			title: term[language],
			passages: [meaning[language]]
		}))
	];
}

function wordsOn(tool: Tool, language: Language): string[] {
	const labels = writableParts(tool).map((part) => part.label[language]);
	const notes = tool.parts.filter(
		(part): part is ToolPart & { kind: 'note' } => part.kind === 'note'
	);
	return [...notes.map(({ text }) => text[language]), ...labels];
}

const BLOCK_END = /<\/(?:p|li|h[2-6]|blockquote|figure|td|th)>/;
const LABEL = /aria-label="([^"]*)"/;

/** The paragraphs of a rendered lesson as they are read; of a diagram its description. */
function passagesOf(html: string): string[] {
	return html
		.split(BLOCK_END)
		.map((block) => (block.includes('<svg') ? (LABEL.exec(block)?.[1] ?? '') : block))
		.map((block) => plain(block.replace(/<[^>]*>/g, '')))
		.filter((text) => text !== '');
}

/** The few entities that our own rendering writes. */
function plain(text: string): string {
	return text
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();
}

const indexes = new WeakMap<Course, Partial<Record<Language, CourseIndex>>>();

/** Made when somebody first searches, then kept as long as the course. */
export function indexOf(course: Course, language: Language): CourseIndex {
	const made = indexes.get(course) ?? {};
	indexes.set(course, made);
	return (made[language] ??= indexCourse(language, findablesIn(course, language)));
}
