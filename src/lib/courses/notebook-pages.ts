/** The notebook as it is read: in the order of the course, each page with its heading. Pure. */
import type { Course, Language } from './course.ts';
import { linesOf, readFilled, type Line } from './filled-tool.ts';
import { subjectOf, type NoteSubject } from './note.ts';
import { m } from '#lib/paraglide/messages.js';

/** A note as it is kept. */
interface StoredNote {
	readonly key: string;
	readonly text: string;
	readonly revision: number;
	readonly updatedAt: Date | null;
	readonly setAside: readonly {
		readonly revision: number;
		readonly text: string;
		readonly writtenAt: Date;
	}[];
}

export interface NotebookPage {
	readonly key: string;
	readonly anchor: string;
	readonly subject: NoteSubject;
	/** The module, or that it is a sheet. */
	readonly chapter: string;
	readonly title: string;
	/** False when the course no longer has what it is about. */
	readonly current: boolean;
	readonly text: string;
	/** What is written, as it is read: of a sheet line by line. */
	readonly lines: readonly Line[];
	readonly revision: number;
	readonly updatedAt: Date | null;
	/** What other devices wrote, the oldest first. */
	readonly setAside: readonly {
		readonly revision: number;
		readonly lines: readonly Line[];
		readonly writtenAt: Date;
	}[];
}

/** The id of a page of the notebook. */
export const anchorOf = (key: string) => key.replaceAll('/', '-');

export function pagesOf(
	course: Course,
	notes: readonly StoredNote[],
	language: Language
): NotebookPage[] {
	return notes
		.map((note) => ({ page: pageOf(course, note, language), at: placeIn(course, note.key) }))
		.sort((one, other) => one.at - other.at)
		.map(({ page }) => page);
}

function pageOf(course: Course, note: StoredNote, language: Language): NotebookPage {
	const subject = subjectOf(note.key);
	const linesIn = (text: string) => read(course, subject, text, language);
	return {
		...about(course, subject, language),
		subject,
		key: note.key,
		anchor: anchorOf(note.key),
		text: note.text,
		lines: linesIn(note.text),
		revision: note.revision,
		updatedAt: note.updatedAt,
		setAside: note.setAside.map(({ revision, text, writtenAt }) => ({
			revision,
			writtenAt,
			lines: linesIn(text)
		}))
	};
}

function about(course: Course, subject: NoteSubject, language: Language) {
	if (subject.kind === 'tool') {
		const tool = course.tools.find(({ slug }) => slug === subject.toolSlug);
		const chapter = m.courses_tools_title({}, { locale: language });
		return { chapter, title: tool?.title[language] ?? subject.toolSlug, current: Boolean(tool) };
	}
	const module = course.modules.find(({ slug }) => slug === subject.moduleSlug);
	const lesson = module?.lessons.find(({ slug }) => slug === subject.lessonSlug);
	return {
		chapter: module?.title[language] ?? subject.moduleSlug,
		title: lesson?.title[language] ?? subject.lessonSlug,
		current: Boolean(lesson)
	};
}

function read(course: Course, subject: NoteSubject, text: string, language: Language): Line[] {
	if (subject.kind === 'lesson') return text === '' ? [] : [{ label: '', text }];
	const tool = course.tools.find(({ slug }) => slug === subject.toolSlug) ?? null;
	return linesOf(tool, readFilled(text), language, m.courses_tool_ticked({}, { locale: language }));
}

/** Lessons in the order of the course, then sheets, then what the course no longer has. */
function placeIn({ modules, tools }: Course, key: string): number {
	const subject = subjectOf(key);
	const lessons = modules.flatMap((module) => module.lessons);
	const at =
		subject.kind === 'lesson'
			? lessons.findIndex(
					({ moduleSlug, slug }) => moduleSlug === subject.moduleSlug && slug === subject.lessonSlug
				)
			: lessons.length + tools.findIndex(({ slug }) => slug === subject.toolSlug);
	const missing = subject.kind === 'lesson' ? at === -1 : at === lessons.length - 1;
	return missing ? lessons.length + tools.length : at;
}
