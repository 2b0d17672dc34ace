/** 28 of the 36 have handed in the form at the end: content on the whole, and clear about what was not good. */
import { addDays } from '#lib/platform/calendar.ts';
import type { TypedAnswers } from '#lib/feedback/answers.ts';
import { fieldsOf, partsOf, type Field, type Subject } from '#lib/feedback/instrument.ts';
import { end } from '#lib/feedback/instruments/index.ts';
import { handIn } from '#lib/feedback/server/hand-in.ts';
import { facilitatorsOf } from '#lib/feedback/server/trainings.ts';
import { optionsOf } from '#lib/questions/kinds.ts';
import { newDie, type Die } from './chance.ts';
import { texts } from './feedback-texts.ts';
import { teams } from './people.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, type Stage } from './stage.server.ts';
import { idOf } from './training.server.ts';

/** Sari is among them, so that there is somebody to try the form with. */
const silent = [
	'sari',
	'm.ilham',
	'eko.prasetyo',
	'mulyadi',
	'juliana.sitorus',
	'hendra.gunawan',
	'joko.susilo',
	'ismail.yahya'
];

/** Where the mean of four steps lies when it is not near GENERAL. */
const GENERAL = 3.25;
const means: Readonly<Record<string, number>> = {
	D101: 2.8,
	D104: 3.7,
	D107: 3.4,
	D109: 2.1,
	D111: 3.3,
	D112: 2.7,
	D205: 3.1,
	D209: 3.7,
	D401: 2.9,
	D402: 3.5,
	D404: 2.8,
	D604: 3.8,
	D607: 3.7,
	D608: 2.8
};

/** By the order of the four modules: the second had too little time for its three strategies. */
const moduleMeans = [3.4, 2.9, 3.1, 3.4];
const moduleTimes = [2, 1.35, 2.2, 1.9];

interface Form {
	readonly die: Die;
	/** How kindly this person judges: between -0.4 and 0.4. */
	readonly mood: number;
	readonly moduleIds: readonly string[];
	/** Texts nobody has written yet. */
	readonly unsaid: Map<string, string[]>;
}

export async function giveFeedback(stage: Stage, ids: Ids, trainingId: string): Promise<void> {
	const die = newDie(2023);
	const facilitators = await facilitatorsOf(stage.app.db.read, trainingId);
	const unsaid = new Map(Object.entries(texts).map(([item, list]) => [item, [...list]]));
	const people = teams
		.flatMap((team) => team.members)
		.filter(({ username }) => !silent.includes(username));
	for (const [place, person] of people.entries()) {
		const then = at(stage, addDays(stage.endsOn, Math.floor(place / 10) - 1), '17:05');
		const actor = await actorOf(stage, idOf(ids, person));
		const moduleIds = end.modules.map((module) => module.id);
		const form = { die, mood: die.roll() * 0.8 - 0.4, moduleIds, unsaid };
		await handIn(then, actor, trainingId, filledIn(form, facilitators));
	}
}

function filledIn(form: Form, facilitators: readonly Subject[]): TypedAnswers {
	const typed: Record<string, string[]> = {};
	for (const field of partsOf(end, facilitators).flatMap(fieldsOf)) {
		const answer = answerTo(field, form);
		if (answer !== null) typed[field.name] = [answer];
	}
	return typed;
}

/** Null: left empty, which only the voluntary questions may be. */
function answerTo(field: Field, form: Form): string | null {
	const { item } = field;
	const { die } = form;
	if (item.kind === 'TXT')
		return die.roll() < 0.4 ? (form.unsaid.get(item.id)?.shift() ?? null) : null;
	if (!item.required && die.roll() < 0.2) return null;
	if (item.kind === 'R10') return String(near(die, 8.3 + form.mood * 2, 1.6, [4, 10]));
	const values = optionsOf(item).map(({ value }) => value);
	const bounds = [Math.min(...values), Math.max(...values)] as const;
	return String(near(die, meanOf(field, form), 0.8, bounds));
}

function meanOf({ item, subject }: Field, { mood, moduleIds }: Form): number {
	const module = moduleIds.indexOf(subject);
	if (item.id === 'D305') return moduleTimes[module] ?? 2;
	return (means[item.id] ?? moduleMeans[module] ?? GENERAL) + mood;
}

/** A whole number around the mean; the sum of three rolls makes the far ones rare. */
function near(
	die: Die,
	mean: number,
	spread: number,
	[low, high]: readonly [number, number]
): number {
	const off = (die.roll() + die.roll() + die.roll() - 1.5) * spread * 1.4;
	return Math.min(high, Math.max(low, Math.round(mean + off)));
}
