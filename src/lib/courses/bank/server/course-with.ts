/** The course as it is asked now: the files, and what is asked of the bank. */
import { createHash } from 'node:crypto';
import { lessonKey, type Course, type CourseItem, type Lesson, type Module } from '../../course.ts';
import type { BankItem, Place } from '../bank.ts';

/**
 * The course of the files with what is asked of the bank. The same value when
 * nothing is; a module that asks more than its files has an edition of its own,
 * so that phones fetch it anew. An item whose lesson is gone is asked nowhere.
 */
export function courseWith(course: Course, bank: readonly BankItem[]): Course {
	if (bank.every(({ askedIn }) => askedIn === 'nowhere')) return course;
	return { ...course, modules: course.modules.map((module) => moduleWith(module, bank)) };
}

function moduleWith(module: Module, bank: readonly BankItem[]): Module {
	const keys = module.lessons.map(lessonKey);
	const own = bank.filter(({ item }) => keys.includes(item.objective));
	const [inLessons, inQuiz] = [asked(own, 'lesson'), module.quiz ? asked(own, 'quiz') : []];
	const added = [...inLessons, ...inQuiz];
	if (added.length === 0) return module;
	return {
		...module,
		edition: editionWith(module.edition, inLessons, inQuiz),
		lessons: module.lessons.map((lesson) => lessonWith(lesson, inLessons)),
		quiz: module.quiz && { ...module.quiz, items: [...module.quiz.items, ...inQuiz] }
	};
}

const asked = (bank: readonly BankItem[], place: Place): CourseItem[] =>
	bank.filter(({ askedIn }) => askedIn === place).map(({ item }) => item);

function lessonWith(lesson: Lesson, items: readonly CourseItem[]): Lesson {
	const own = items.filter(({ objective }) => objective === lessonKey(lesson));
	return own.length === 0 ? lesson : { ...lesson, questions: [...lesson.questions, ...own] };
}

const names = (items: readonly CourseItem[]) => items.map(({ id, version }) => `${id}.${version}`);

const editionWith = (edition: string, ...asked: readonly CourseItem[][]): string =>
	createHash('sha256')
		.update(JSON.stringify([edition, ...asked.map(names)]))
		.digest('hex')
		.slice(0, 12);
