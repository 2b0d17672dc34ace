import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarDay } from '#lib/platform/calendar.ts';
import { openTestApp, type TestApp } from '../../../../tests/open-app.ts';
import { aTraining, jambiTraining, type Cast } from '../../../../tests/people.ts';
import { addSlot, agendaOf } from './agenda.ts';
import { enterFromPaper } from './attendance.ts';
import { editTraining } from './editing.ts';
import { findTraining } from './trainings.ts';

const day = (text: string) => text as CalendarDay;

let app: TestApp;
let cast: Cast;
let opening: string;

/** Monday 18 to Friday 22 May: a session on the first and one on the last day. */
beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	({ id: opening } = await session('2026-05-18', 'Pembukaan'));
	await session('2026-05-22', 'Penutupan');
});
afterEach(() => app.close());

function session(onDay: string, title: string) {
	const times = { startsAt: '08:00', endsAt: '10:00', moduleSlug: null };
	return addSlot(app, cast.ani, cast.training.id, { ...times, onDay: day(onDay), title });
}

const daysOfAgenda = async () =>
	(await agendaOf(app, cast.ani, cast.training.id)).map(({ onDay }) => onDay);

const held = () => findTraining(app.db.read, cast.ani, cast.training.id);

type Changes = Partial<Parameters<typeof editTraining>[3]>;

/** As the form sends it: with the days that stand there already. */
async function edit(changes: Changes) {
	const { planDueOn, feedbackOpensOn } = await held();
	const terms = { ...jambiTraining, planDueOn, feedbackOpensOn, ...changes };
	return editTraining(app, cast.ani, cast.training.id, terms);
}

const aWeekLater = { startsOn: day('2026-05-25'), endsOn: day('2026-05-29') };

describe('a training whose first day moves', () => {
	test('takes its agenda along by whole days, and what follows from the last day', async () => {
		expect(await edit({ ...aWeekLater, choice: 'moves' })).toEqual({ outside: 0 });
		expect(await daysOfAgenda()).toEqual(['2026-05-25', '2026-05-29']);
		expect(await held()).toMatchObject({ planDueOn: '2026-06-29', feedbackOpensOn: '2026-05-29' });
	});

	test('is not saved before somebody said what becomes of the agenda', async () => {
		await expect(edit(aWeekLater)).rejects.toMatchObject({
			code: 'invalid',
			messageKey: 'trainings_refused_agenda_undecided'
		});
		expect(await held()).toMatchObject({ startsOn: '2026-05-18' });
	});

	test('leaves its agenda where it is on wish, and counts what is then outside', async () => {
		expect(await edit({ ...aWeekLater, choice: 'stays' })).toEqual({ outside: 2 });
		expect(await daysOfAgenda()).toEqual(['2026-05-18', '2026-05-22']);
		const longer = { startsOn: day('2026-05-17'), choice: 'stays' } as const;
		expect(await edit(longer)).toEqual({ outside: 0 });
	});

	test('never moves a session that somebody was at', async () => {
		await enterFromPaper(app, cast.yusuf, {
			trainingId: cast.training.id,
			slotId: opening,
			userIds: [cast.sri.userId]
		});
		expect(await edit({ ...aWeekLater, choice: 'moves' })).toEqual({ outside: 1 });
		expect(await daysOfAgenda()).toEqual(['2026-05-18', '2026-05-29']);
	});

	test('does not move its agenda twice when it is sent twice', async () => {
		await edit({ ...aWeekLater, choice: 'moves' });
		await edit({ ...aWeekLater, choice: 'moves' });
		expect(await daysOfAgenda()).toEqual(['2026-05-25', '2026-05-29']);
	});
});

test('a training that ends earlier keeps its sessions, and says how many are left outside', async () => {
	expect(await edit({ endsOn: day('2026-05-21') })).toEqual({ outside: 1 });
	expect(await daysOfAgenda()).toEqual(['2026-05-18', '2026-05-22']);
});

test('a new title asks nothing about the agenda', async () => {
	expect(await edit({ title: 'Bimtek Jambi' })).toEqual({ outside: 0 });
});
