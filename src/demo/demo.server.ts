/**
 * The demo training: a province in which everything has happened already, for
 * whoever wants to try Rembuk or show it. All people, libraries and results are
 * invented; the places are real.
 *
 * Laid out through the rooms themselves, so that it holds nothing people could
 * not have made. Only ever into a database without anybody, and never in
 * production: everybody here has the same, published password.
 */
import type { App } from '#lib/platform/server/app.ts';
import { user } from '#lib/platform/server/db/schema/index.ts';
import type { Course } from '#lib/courses/course.ts';
import { readCourse } from '#lib/courses/server/content.ts';
import { ensureRegions } from '#lib/people/server/regions.ts';
import { attend, awardCertificates } from './attendance.server.ts';
import { giveFeedback } from './feedback.server.ts';
import { learn } from './learning.server.ts';
import { writeNotes } from './notes.server.ts';
import { makePeople } from './people.server.ts';
import { writePlans } from './plans.server.ts';
import { setStage } from './stage.server.ts';
import { takeTests } from './tests.server.ts';
import { announceNextTraining, holdPastTraining, idOf } from './training.server.ts';

export { demoAccounts, type DemoAccount } from './people.ts';

/**
 * Lays the demo out; false when there is somebody already, whoever it is.
 *
 * `course` is what people have learned from; read from `content` when not given.
 * Throws in production.
 */
export async function ensureDemo(app: App, course?: Course): Promise<boolean> {
	if (app.settings.production) throw new Error('the demo is not for production');
	const [somebody] = await app.db.read.select({ id: user.id }).from(user).limit(1);
	if (somebody) return false;

	await ensureRegions(app);
	const stage = setStage(app);
	const ids = await makePeople(stage);
	if (!ids) return false;
	const trainingId = await holdPastTraining(stage, ids);
	const learned = course ?? readCourse('content');
	await takeTests(stage, ids, { trainingId, course: learned });
	await attend(stage, ids, trainingId);
	await awardCertificates(stage, ids, trainingId);
	await learn(stage, ids, learned);
	await writeNotes(stage, idOf(ids, { username: 'sari' }), learned);
	await writePlans(stage, ids, trainingId);
	await giveFeedback(stage, ids, trainingId);
	await announceNextTraining(stage, ids);
	return true;
}
