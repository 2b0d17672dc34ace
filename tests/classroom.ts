/** People who take tests, without the ceremony of a door and a password. */
import type { Actor } from '#lib/people/actor.ts';
import { grantRole } from '#lib/people/server/grants.ts';
import type { App } from '#lib/platform/server/app.ts';
import { user } from '#lib/platform/server/db/schema/index.ts';
import { rightAnswer } from '#lib/questions/items/kinds.ts';
import type { Course } from '#lib/courses/course.ts';
import { handInTest, ownTest, startTest } from '#lib/courses/tests/server/taking.ts';
import type { WhichTest } from '#lib/courses/tests/server/windows.ts';
import { actorFor } from './people.ts';

/** A participant without a password: nobody signs in here. */
export async function participant(
	app: App,
	trainingId: string,
	{ id, name = id }: { id: string; name?: string }
): Promise<Actor> {
	const at = app.now();
	await app.db.write(async (tx) => {
		await tx.insert(user).values({ id, username: id, name, createdAt: at });
		const scope = { kind: 'training', id: trainingId } as const;
		await grantRole(tx, { userId: id, role: 'participant', scope, grantedBy: null, at });
	});
	return actorFor(app, id);
}

/** Answers the first `right` questions of the form rightly and hands in. */
export async function take(
	app: App,
	course: Course,
	who: Actor,
	{ right, ...which }: WhichTest & { readonly right: number }
) {
	const { testId } = await startTest(app, course, who, which);
	const test = await ownTest(app.db.read, course, who, which);
	const known = (test ? test.forms[test.form] : []).slice(0, right);
	const answers = known.map((item, sequence) => ({
		itemId: item.id,
		itemVersion: item.version,
		answer: rightAnswer(item),
		operationId: `${sequence}`,
		device: 'phone',
		sequence
	}));
	return handInTest(app, course, who, { testId, answers });
}
