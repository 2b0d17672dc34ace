/** What a learner wrote for herself: a few thoughts and a sheet. */
import { addDays } from '#lib/platform/calendar.ts';
import type { Course } from '#lib/courses/course.ts';
import { filledBy, nameOf, writeFilled } from '#lib/courses/filled-tool.ts';
import { lessonNote, toolNote } from '#lib/courses/note.ts';
import { saveNote } from '#lib/courses/server/notebook.ts';
import { writableParts, type Tool } from '#lib/courses/tool.ts';
import { actorOf, at, type Stage } from './stage.server.ts';

/** In the order of the lessons. */
const thoughts = [
	'Seorang kakek penjual es belum pernah masuk. Katanya malu karena tidak lancar membaca. Saya akan mengajaknya lewat cucunya.',
	'Tangga di depan pintu. Minggu ini kami pasang papan landai dari kayu sisa, tanpa biaya.',
	'Yang pertama saya hubungi: Bu Ratna di dinas kabupaten, soal jadwal kunjungan.'
];

/** One device wrote this, another one did not know of it. */
const fromTheOtherPhone = 'Kakek penjual es, dan ibu-ibu yang pulang dari kebun sore hari.';

/** Notes of `userId`, one of them written on two phones, and one sheet half filled. */
export async function writeNotes(stage: Stage, userId: string, course: Course): Promise<void> {
	const evening = at(stage, addDays(stage.startsOn, 1), '20:30');
	const actor = await actorOf(stage, userId);
	const lessons = course.modules.flatMap((module) => module.lessons);
	for (const [n, text] of thoughts.entries()) {
		const lesson = lessons[n];
		if (!lesson) continue;
		const change = { key: lessonNote(lesson), base: 0 };
		if (n === 0) {
			const earlier = { ...change, text: fromTheOtherPhone, operationId: 'contoh lain' };
			await saveNote(evening, actor, earlier);
		}
		await saveNote(evening, actor, { ...change, text, operationId: `contoh ${n}` });
	}
	const tool = course.tools.find((each) => each.parts.some(({ kind }) => kind === 'choice'));
	if (!tool) return;
	const text = writeFilled(filledBy(tool, halfFilled(tool)));
	await saveNote(evening, actor, {
		key: toolNote(tool.slug),
		text,
		base: 0,
		operationId: 'contoh lembar'
	});
}

function halfFilled(tool: Tool): Record<string, string> {
	const choices = writableParts(tool).filter((part) => part.kind === 'choice');
	return Object.fromEntries(
		choices
			.slice(0, Math.ceil(choices.length / 2))
			.map((part, n) => [nameOf(part), part.options.id[n % part.options.id.length] ?? ''])
	);
}
