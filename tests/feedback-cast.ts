/** More participants than Sri and Budi, and forms filled in to the end. */
import type { App } from '#lib/platform/server/app.ts';
import { newId } from '#lib/platform/ids.ts';
import { grant, user } from '#lib/platform/server/db/schema/index.ts';
import type { Actor } from '#lib/people/actor.ts';
import { optionsOf } from '#lib/questions/kinds.ts';
import type { TypedAnswers } from '#lib/feedback/answers.ts';
import { fieldsOf, partsOf, type Field } from '#lib/feedback/instrument.ts';
import { end } from '#lib/feedback/instruments/index.ts';
import { handIn } from '#lib/feedback/server/hand-in.ts';
import { facilitatorsOf } from '#lib/feedback/server/trainings.ts';
import { actorFor } from './people.ts';

interface InTraining {
	readonly training: { readonly id: string };
}

/** So many people who were at this training; they have never signed in. */
export async function participants(
	app: App,
	{ training }: InTraining,
	n: number
): Promise<Actor[]> {
	const ids = Array.from({ length: n }, () => newId());
	const createdAt = app.now();
	await app.db.write(async (tx) => {
		await tx
			.insert(user)
			.values(ids.map((id, place) => ({ id, username: id, name: `Peserta ${place}`, createdAt })));
		await tx.insert(grant).values(
			ids.map((userId) => ({
				userId,
				role: 'participant' as const,
				scopeKind: 'training' as const,
				scopeId: training.id,
				grantedAt: createdAt
			}))
		);
	});
	return Promise.all(ids.map((id) => actorFor(app, id)));
}

/** A form on which every required question has the answer 3 (of four, or of eleven). */
export async function filledIn(app: App, { training }: InTraining): Promise<TypedAnswers> {
	const parts = partsOf(end, await facilitatorsOf(app.db.read, training.id));
	const required = parts.flatMap(fieldsOf).filter(({ item }) => item.required);
	return Object.fromEntries(required.map((field) => [field.name, [likeThree(field)]]));
}

function likeThree({ item }: Field): string {
	const values = optionsOf(item).map(({ value }) => value);
	return String(values.includes(3) ? 3 : values[0]);
}

/** So many people hand in; `differently` is what each of them says otherwise. */
export async function answersFrom(
	app: App,
	where: InTraining,
	people: readonly Actor[],
	differently: (place: number) => TypedAnswers = () => ({})
): Promise<void> {
	const typed = await filledIn(app, where);
	for (const [place, person] of people.entries()) {
		await handIn(app, person, where.training.id, { ...typed, ...differently(place) });
	}
}
