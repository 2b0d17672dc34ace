import { lessonKey } from '#lib/courses/course.ts';
import { FEWEST_PEOPLE } from '#lib/courses/few-people.ts';
import { preworkOf, weakSpots } from '#lib/courses/server/readiness.ts';
import { preTestAnswers } from '#lib/courses/tests/server/class.ts';
import { findTraining } from '#lib/trainings/server/trainings.ts';
import { teamsOf } from '#lib/trainings/server/people.ts';
import { lessonPath } from '../../../belajar/paths.ts';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { app, course, locale } = locals;
	const actor = signedIn(locals);
	const training = await findTraining(app.db.read, actor, params.id, 'run');
	const teams = await teamsOf(app, actor, training.id);
	const userIds = teams.flatMap((team) => team.members.map(({ userId }) => userId));
	const { lessons, done } = await preworkOf(app, course, userIds);
	const spots = await weakSpots(app, course, userIds, await preTestAnswers(app, training));
	const hasRead = (userId: string, key: string) => done.get(userId)?.has(key) ?? false;
	return {
		minutes: lessons.reduce((sum, lesson) => sum + lesson.minutes, 0),
		lessons: lessons.map((lesson) => ({
			key: lessonKey(lesson),
			title: lesson.title[locale],
			href: lessonPath(lesson.moduleSlug, lesson.slug, locale),
			people: userIds.filter((userId) => hasRead(userId, lessonKey(lesson))).length
		})),
		people: userIds.length,
		through: userIds.filter((userId) => done.get(userId)?.size === lessons.length).length,
		teams: teams.map(({ id, name, members }) => ({
			id,
			name,
			members: members.map(({ userId, name }) => ({
				userId,
				name,
				done: done.get(userId)?.size ?? 0,
				left: lessons
					.filter((lesson) => !hasRead(userId, lessonKey(lesson)))
					.map(({ title }) => title[locale])
			}))
		})),
		fewest: FEWEST_PEOPLE,
		spots: spots.map(({ lesson, rightPercent, people }) => ({
			title: lesson.title[locale],
			objective: lesson.objectives[locale][0] ?? '',
			href: lessonPath(lesson.moduleSlug, lesson.slug, locale),
			rightPercent,
			people
		}))
	};
};
