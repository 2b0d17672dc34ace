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

type LanguageMap = Readonly<Record<string, string>>;

interface Activity {
	readonly objectType: 'Activity';
	readonly id: string;
	readonly definition?: Readonly<Record<string, unknown>>;
}

export interface Statement {
	readonly id: string;
	readonly actor: {
		readonly objectType: 'Agent';
		readonly account: { readonly homePage: string; readonly name: string };
	};
	readonly verb: { readonly id: string; readonly display: LanguageMap };
	readonly object: Activity;
	readonly result: Readonly<Record<string, unknown>>;
	readonly context: Readonly<Record<string, unknown>>;
	readonly timestamp: string;
}

const verbs = {
	answered: {
		id: 'http://adlnet.gov/expapi/verbs/answered',
		display: { id: 'menjawab', en: 'answered' }
	},
	completed: {
		id: 'http://adlnet.gov/expapi/verbs/completed',
		display: { id: 'menyelesaikan', en: 'completed' }
	}
} as const;

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
			definition: present ? interactionOf(present) : { type: INTERACTION, interactionType: 'other' }
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
	const { correct, total } = test.score;
	return {
		...common(test, told, 'completed'),
		verb: verbs.completed,
		object: {
			objectType: 'Activity',
			id: testId(test.phase, told),
			definition: {
				type: 'http://adlnet.gov/expapi/activities/assessment',
				name: tests[test.phase].name
			}
		},
		result: {
			completion: true,
			score: { scaled: Number((correct / total).toFixed(4)), raw: correct, min: 0, max: total }
		},
		context: contextOf(told, [])
	};
}

const common = ({ actor, phase }: Named, told: Told, about: string) => ({
	id: uuidOf(`${told.site} ${told.trainingId} ${actor} ${about}`),
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
		definition: { type: 'http://adlnet.gov/expapi/activities/course', name: { id: title } }
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

const INTERACTION = 'http://adlnet.gov/expapi/activities/cmi.interaction';

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
	const definition = { type: INTERACTION, name: { id: item.id, en: item.id }, description: asked };
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

/** RFC 9562, version 5: the same statement has the same id in every file, so a store keeps it once. */
function uuidOf(name: string): string {
	const bytes = createHash('sha1').update(URL_NAMESPACE).update(name).digest().subarray(0, 16);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return [0, 8, 12, 16, 20].map((at, part) => hex.slice(at, [8, 12, 16, 20, 32][part])).join('-');
}

const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
