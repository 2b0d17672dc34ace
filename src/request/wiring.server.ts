/**
 * Joins the rooms: who hears whose news, what an empty database is given. Called once, before the
 * first request.
 */
import { liveCourse } from '#lib/courses/bank/server/live-course.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import { settleCompletions } from '#lib/courses/certificates/server/completion.ts';
import type { Course } from '#lib/courses/course.ts';
import type { App } from '#lib/platform/server/app.ts';
import { closeTheApp } from '#lib/platform/server/the-app.ts';
import { ensureRegions } from '#lib/people/server/regions.ts';
import { hasAdmin, issueSetupLink } from '#lib/people/server/setup.ts';
import { ensureAllPlans, ensurePlans } from '#lib/plans/server/plans.ts';
import { ensureDemo, demoAccounts } from '../demo/demo.server.ts';
import { inBackground } from './background.server.ts';
import { tidyFromNowOn } from './tidying.server.ts';

// On globalThis: in development every edit loads this module again.
const kept = globalThis as typeof globalThis & {
	rembukCourse?: Course;
	rembukAsked?: Promise<() => Promise<Course>>;
	rembukWired?: Promise<void>;
};

/** The course with what is asked of the item bank, as it stands at this moment. */
export async function courseNow(app: App): Promise<Course> {
	kept.rembukAsked ??= liveCourse(app, theCourse());
	const asked = await kept.rembukAsked;
	return asked();
}

/** Read from disk once; a mistake in it was already refused by the build. */
function theCourse(): Course {
	kept.rembukCourse ??= readCourse('content');
	return kept.rembukCourse;
}

export function wire(app: App): Promise<void> {
	kept.rembukWired ??= wireOnce(app);
	return kept.rembukWired;
}

async function wireOnce(app: App): Promise<void> {
	theCourse();
	app.events.on('group.formed', ({ groupId }) => inBackground(app, ensurePlans(app, groupId)));
	app.events.on('attendance.changed', (news) => inBackground(app, settleCompletions(app, news)));
	await ensureRegions(app);
	if (app.settings.demo) await ensureDemo(app, theCourse());
	else if (!(await hasAdmin(app))) await printSetupLink(app);
	if (app.settings.demo) printDemoAccounts();
	// A group whose plans were not made because the program ended in between.
	await ensureAllPlans(app);
	inBackground(app, tidyFromNowOn(app));
	process.once('sveltekit:shutdown' as never, () => void closeTheApp());
}

/** To the terminal of whoever starts the program, and nowhere else. */
async function printSetupLink(app: App): Promise<void> {
	const token = await issueSetupLink(app);
	if (token === null) {
		return console.log(
			'Tautan untuk admin pertama baru saja dicetak oleh proses lain. / The link for the first admin was printed by another process a moment ago.'
		);
	}
	const { origin, host, port } = app.settings;
	const base = origin ?? `http://${host}:${port}`;
	console.log(
		`Buat admin pertama (berlaku 30 menit, sekali pakai): / Make the first admin (30 minutes, once):\n  ${base}/siapkan/${token}`
	);
}

function printDemoAccounts(): void {
	console.log('Pelatihan contoh. Masuk sebagai: / Demo training. Sign in as:');
	for (const { username, password, who } of demoAccounts) {
		console.log(`  ${username.padEnd(10)} ${password}   ${who}`);
	}
}
