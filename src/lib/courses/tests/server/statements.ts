/**
 * Tests as xAPI statements (1.0.3) for a learning record store: one for each
 * answer that was given, one for each test.
 *
 * An actor is one test, not one person: an account whose name says nothing, and
 * the two tests of a person have two. All are dated to the closing of the test,
 * and written words are left out, so that nothing in a file points to anybody.
 */
import { createHash } from 'node:crypto';
import type { Answer, Choice } from '#lib/questions/items/item.ts';
import { askItem, rightAnswer } from '#lib/questions/items/kinds.ts';
import type { CourseItem, InBoth } from '../../course.ts';
import {
	scoreOf,
	statementId,
	types,
	verbs,
	type Activity,
	type Statement
} from '../../interchange/server/statement.ts';
import type { TestPhase } from '../test.ts';

/** What one test that counts tells. */
export interface CountedTest {
	readonly attemptId: string;
	readonly phase: TestPhase;
	readonly score: { readonly correct: number; readonly total: number };
	readonly answers: readonly {
		readonly itemId: string;
		readonly itemVersion: number;
		readonly objective: string;
		/** Empty when it was left open. */
		readonly answer: Answer;
		readonly right: boolean;
	}[];
}

export interface Told {
	/** 'https://rembuk.example.go.id' */
	readonly site: string;
	readonly trainingId: string;
	readonly title: string;
	/** When the test ended, for everybody alike. */
	readonly endedAt: Readonly<Record<TestPhase, Date>>;
	/** The items in their present wording. */
	readonly items: ReadonlyMap<string, CourseItem>;
}

const tests = {
	pre: { slug: 'awal', name: { id: 'Tes awal', en: 'Pre-test' } },
	post: { slug: 'akhir', name: { id: 'Tes akhir', en: 'Post-test' } }
} satisfies Record<TestPhase, { slug: string; name: InBoth }>;

/** In the order of the actors' names, which is no order of people or of time. */
export function statementsOf(counted: readonly CountedTest[], told: Told): Statement[] {
	return counted
		.map((test) => ({ ...test, actor: pseudonymOf(test.attemptId) }))
		.toSorted((one, other) => (one.actor < other.actor ? -1 : 1))
		.flatMap((test) => [
			...test.answers
				.filter(({ answer }) => answer !== '')
				.map((given) => answered(test, given, told)),
			completed(test, told)
		]);
}

type Named = CountedTest & { readonly actor: string };

function answered(test: Named, given: CountedTest['answers'][number], told: Told): Statement {
	const { itemId, itemVersion, objective, answer, right } = given;
	const item = told.items.get(itemId);
	const lesson = `${told.site}/belajar/${objective}`;
	// Another wording is another question: its options may have been others.
	const present = item?.version === itemVersion ? item : undefined;
	const response = present ? responseOf(present, answer) : null;
	return {
		...common(test, told, `${itemId}.${itemVersion}`),
		verb: verbs.answered,
		object: {
			objectType: 'Activity',
			id: `${lesson}#${itemId}.${itemVersion}`,
			definition: present
				? interactionOf(present)
				: { type: types.question, interactionType: 'other' }
		},
		result: { success: right, ...(response === null ? {} : { response }) },
		context: {
			...contextOf(told, [
				{ objectType: 'Activity', id: testId(test.phase, told) },
				{ objectType: 'Activity', id: lesson }
			]),
			revision: String(itemVersion)
		}
	};
}

function completed(test: Named, told: Told): Statement {
	return {
		...common(test, told, 'completed'),
		verb: verbs.completed,
		object: {
			objectType: 'Activity',
			id: testId(test.phase, told),
			definition: {
				type: types.test,
				name: tests[test.phase].name
			}
		},
		result: {
			completion: true,
			score: scoreOf(test.score)
		},
		context: contextOf(told, [])
	};
}

const common = ({ actor, phase }: Named, told: Told, about: string) => ({
	id: statementId(`${told.site} ${told.trainingId} ${actor} ${about}`),
	actor: {
		objectType: 'Agent' as const,
		account: { homePage: `${told.site}/pelatihan/${told.trainingId}`, name: actor }
	},
	timestamp: told.endedAt[phase].toISOString()
});

function contextOf({ site, trainingId, title }: Told, parents: readonly Activity[]) {
	const course = {
		objectType: 'Activity',
		id: `${site}/pelatihan/${trainingId}`,
		definition: { type: types.course, name: { id: title } }
	};
	return {
		platform: 'Rembuk',
		contextActivities: {
			...(parents.length > 0 ? { parent: parents } : {}),
			grouping: [course]
		}
	};
}

const testId = (phase: TestPhase, { site, trainingId }: Told) =>
	`${site}/pelatihan/${trainingId}/tes/${tests[phase].slug}`;

/** The id of an attempt is random and shown to nobody else, and this cannot be turned back into it. */
const pseudonymOf = (attemptId: string) =>
	createHash('sha256').update(`xapi ${attemptId}`).digest('hex').slice(0, 24);

/** xAPI writes several parts of a response with [,] between them, the two of a pair with [.]. */
const joined = (answer: Answer) => answer.replaceAll(' ', '[,]').replaceAll(':', '[.]');

/** Words that somebody wrote stay where they were written. */
const responseOf = (item: CourseItem, answer: Answer) =>
	item.kind === 'short' ? null : joined(answer);

function interactionOf(item: CourseItem) {
	const [id, en] = [askItem(item, 'id'), askItem(item, 'en')];
	const components = (of: 'options' | 'left') =>
		id[of].map(({ key, text }: Choice) => ({
			id: key,
			description: { id: text, en: en[of].find((other) => other.key === key)?.text ?? text }
		}));
	const both = (text: (asked: typeof id) => string) => ({ id: text(id), en: text(en) });
	const asked = both(({ scenario, question }) =>
		scenario === null ? question : `${scenario} ${question}`
	);
	const definition = {
		type: types.question,
		name: { id: item.id, en: item.id },
		description: asked
	};
	if (item.kind === 'short') {
		const words = [...item.answer.id, ...item.answer.en];
		return { ...definition, interactionType: 'fill-in', correctResponsesPattern: words };
	}
	const correctResponsesPattern = [joined(rightAnswer(item))];
	if (item.kind === 'match') {
		const pairs = { source: components('left'), target: components('options') };
		return { ...definition, interactionType: 'matching', correctResponsesPattern, ...pairs };
	}
	const interactionType = item.kind === 'order' ? 'sequencing' : 'choice';
	return {
		...definition,
		interactionType,
		correctResponsesPattern,
		choices: components('options')
	};
}
