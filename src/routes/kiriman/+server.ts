import * as v from 'valibot';
import { onlyOwn } from '#lib/people/access.ts';
import {
	LONGEST_REQUEST,
	MOST_AT_ONCE,
	type Operation,
	type Outcome
} from '#lib/platform/operations.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { carryOut } from '#lib/platform/server/operations.ts';
import { sentenceOf } from '../refusals.ts';
import { checks, kinds } from './kinds.ts';
import type { RequestHandler } from './$types';

const name = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const request = v.strictObject({
	/** Whose they are, as the phone believes: another person's are not taken. */
	person: name,
	operations: v.pipe(
		v.array(
			v.strictObject({
				id: name,
				outbox: name,
				seq: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000_000)),
				kind: v.pipe(v.string(), v.maxLength(40)),
				subject: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
				fields: v.pipe(
					v.array(
						v.strictTuple([
							// The parts of a sheet are named by their labels.
							v.pipe(v.string(), v.maxLength(500)),
							v.pipe(v.string(), v.maxLength(20_000))
						])
					),
					v.maxLength(200)
				)
			})
		),
		v.minLength(1),
		v.maxLength(MOST_AT_ONCE)
	)
});

/** What a phone has queued. Each operation has its own outcome; what fails on our side is sent again. */
export const POST: RequestHandler = async ({ request: sent, locals }) => {
	const actor = onlyOwn(locals.actor);
	const parsed = v.safeParse(request, await jsonOf(sent));
	if (!parsed.success) throw new Refusal('invalid', 'platform_refused_form');
	const { person, operations } = parsed.output;
	if (person !== actor.userId) throw new Refusal('forbidden', 'platform_refused_other_person');
	const outcomes: Outcome[] = [];
	for (const operation of operations) outcomes.push(await outcomeOf(locals, operation));
	return Response.json({ outcomes });
};

async function jsonOf(sent: Request): Promise<unknown> {
	const text = await sent.text();
	if (text.length > LONGEST_REQUEST) throw new Refusal('too_large', 'platform_refused_too_large');
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal('invalid', 'platform_refused_form');
	}
}

async function outcomeOf(locals: App.Locals, operation: Operation): Promise<Outcome> {
	const { app, course, locale } = locals;
	const actor = onlyOwn(locals.actor);
	const { id } = operation;
	try {
		const kind = kinds.get(operation.kind);
		if (!kind) throw new Refusal('invalid', 'platform_refused_form');
		await checks.get(operation.kind)?.({ app, actor, operation });
		const result = await carryOut(app, actor.userId, operation, (inside, before) =>
			kind({ app: inside, actor, course, locale, operation, before })
		);
		return { id, done: true, result };
	} catch (thrown) {
		// Our database being away is no answer to the person's: the phone comes again.
		if (!(thrown instanceof Refusal) || thrown.code === 'unavailable') throw thrown;
		return { id, done: false, sentence: sentenceOf(thrown, locale) };
	}
}
