/** The teams' plans: some handed in, one sent back, some half-written, some still empty. */
import { addDays } from '#lib/platform/calendar.ts';
import type { Entry } from '#lib/platform/server/documents.ts';
import { seedUpdate } from '#lib/plans/draft.ts';
import type { Strategy } from '#lib/plans/plan.ts';
import { plansOfTraining, type Plan } from '#lib/plans/server/plans.ts';
import { returnPlan, submitPlan } from '#lib/plans/server/submission.ts';
import type { Activity } from './activities/activity.ts';
import { advocacy } from './activities/advocacy.ts';
import { information } from './activities/information.ts';
import { involvement } from './activities/involvement.ts';
import { contribute, writeActivity, type Contribution } from './drafting.ts';
import { facilitators, teams, type DemoTeam } from './people.ts';
import type { Ids } from './people.server.ts';
import { actorOf, at, type Stage } from './stage.server.ts';
import { idOf } from './training.server.ts';

type Progress = 'submitted' | 'returned' | 'half' | 'empty';

const examples = {
	layanan_informasi: information,
	pelibatan_masyarakat: involvement,
	advokasi: advocacy
} satisfies Record<Strategy, readonly Activity[]>;

const letters: Readonly<Record<string, Progress>> = {
	S: 'submitted',
	R: 'returned',
	H: 'half',
	_: 'empty'
};

/** Per team in the order of people.ts; per strategy in that of plan.ts. The seventh has been silent. */
const progress = [
	'SH_',
	'SSS',
	'SSR',
	'SHH',
	'SSH',
	'SH_',
	'___',
	'SSS',
	'HH_',
	'SSS',
	'H__',
	'SSH'
];

interface Draft {
	readonly plan: Plan;
	readonly team: DemoTeam;
	/** Place of the team in the list. */
	readonly place: number;
	readonly progress: Progress;
}

export async function writePlans(stage: Stage, ids: Ids, trainingId: string): Promise<void> {
	const [first] = facilitators as [(typeof facilitators)[number]];
	const facilitator = await actorOf(stage, idOf(ids, first));
	const plans = await plansOfTraining(stage.app, facilitator, trainingId);
	const drafts = plans.map(asDraft);
	const clinic = at(stage, addDays(stage.endsOn, -1), '13:40');
	await clinic.documents.append(
		drafts.flatMap((draft) => entriesOf(stage, ids, draft)),
		clinic.now()
	);
	for (const draft of drafts) {
		const { plan, team, place } = draft;
		if (draft.progress !== 'submitted' && draft.progress !== 'returned') continue;
		const [member] = team.members as [DemoTeam['members'][number]];
		const then = at(stage, addDays(stage.endsOn, (place % 4) - 1), '15:20');
		await submitPlan(then, await actorOf(stage, idOf(ids, member)), plan.id);
		if (draft.progress === 'submitted') continue;
		const dayAfter = at(stage, addDays(stage.endsOn, 4), '09:15');
		await returnPlan(dayAfter, facilitator, plan.id, NOTE);
	}
}

const NOTE =
	'Terima kasih, rencananya sudah jelas. Mohon lengkapi kegiatan kedua: siapa yang akan ditemui, dan apa satu permintaan Bapak/Ibu? Setelah itu silakan ajukan kembali.';

function asDraft(plan: Plan): Draft {
	const place = teams.findIndex((team) => team.village === plan.regionCode);
	const team = teams[place];
	const row = progress[place];
	if (!team || !row) throw new Error(`no such team in the demo: ${plan.regionCode}`);
	const letter = row[Object.keys(examples).indexOf(plan.strategy)] ?? '_';
	return { plan, team, place, progress: letters[letter] ?? 'empty' };
}

/** Three activities in a plan that is handed in; one and a half in one that is being written. */
function entriesOf({ endsOn: closedOn }: Stage, ids: Ids, draft: Draft): Entry[] {
	const { plan, team, place } = draft;
	if (draft.progress === 'empty') return [];
	const all = examples[plan.strategy];
	const count = draft.progress === 'half' ? 2 : 3;
	const contributions = Array.from({ length: count }, (_, n): Contribution => {
		const member = team.members[n % team.members.length] as DemoTeam['members'][number];
		const activity = all[(place * 2 + n) % all.length] as Activity; // both inside their lists
		const extent = draft.progress === 'half' && n > 0 ? 'begun' : 'whole';
		return {
			userId: idOf(ids, member),
			write: (doc) => writeActivity(doc, { activity, member: member.name, closedOn, extent })
		};
	});
	// The server's first update of every document says the same; what people write does not depend on it.
	return contribute(seedUpdate(), contributions).map(({ update, clientId, userId }) => ({
		documentId: plan.documentId,
		update,
		authors: [{ clientId, userId }]
	}));
}
