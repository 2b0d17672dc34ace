/**
 * The course as it is asked at this moment. It is read again when somebody on this
 * or another process has changed what is asked, and otherwise kept as it is: a page
 * costs no look into the database for it.
 */
import type { App } from '#lib/platform/server/app.ts';
import { whereThrown } from '#lib/platform/server/log.ts';
import type { Course } from '../../course.ts';
import { bankItemOf, rowsOfBank } from './bank-rows.ts';
import { courseWith } from './course-with.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		/** What is asked in lessons and quizzes has changed. */
		'bank.changed': Record<string, never>;
	}
}

const TOPIC = 'bank_changed';

/**
 * Resolves with a function that gives the course: whoever asks after a change was
 * made here gets it. What was last known stays while the bank cannot be read; a
 * connection that comes back makes it be read again.
 */
export async function liveCourse(app: App, files: Course): Promise<() => Promise<Course>> {
	let last = files;
	let newest = 0;
	let reading: Promise<void> | null = null;

	function renew(): Promise<void> {
		const turn = ++newest;
		const work = read(app, files).then(
			(course) => {
				// A slower, older reading must not undo a newer one.
				if (turn === newest) last = course;
			},
			(thrown: unknown) => app.log('error', 'bank_not_read', { where: whereThrown(thrown) })
		);
		reading = work.finally(() => {
			if (turn === newest) reading = null;
		});
		return reading;
	}
	const heard = () => void renew();

	app.events.on('bank.changed', () => {
		heard();
		app.bus?.publish(TOPIC, '');
	});
	app.bus?.subscribe(TOPIC, { hear: heard, missed: heard });
	await renew();
	return async () => {
		if (reading) await reading;
		return last;
	};
}

async function read(app: App, files: Course): Promise<Course> {
	const rows = await rowsOfBank(app.db.read, 'asked');
	const items = rows.flatMap((row) => bankItemOf(row) ?? []);
	return courseWith(files, items);
}
