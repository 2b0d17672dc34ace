/** Everybody of the demo gets an account, and the staff their grants. */
import type { Tx } from '#lib/platform/server/db/index.ts';
import { user } from '#lib/platform/server/db/schema/index.ts';
import { addDays } from '#lib/platform/calendar.ts';
import type { Role, Scope } from '#lib/people/actor.ts';
import { prepareAccount, saveAccount, type PreparedAccount } from '#lib/people/server/accounts.ts';
import { grantRole } from '#lib/people/server/grants.ts';
import { ensureLibrary } from '#lib/people/server/regions.ts';
import {
	admin,
	consultant,
	DEMO_PASSWORD,
	facilitators,
	newcomer,
	officer,
	reviewer,
	teams
} from './people.ts';
import { at, type Stage } from './stage.server.ts';

/** User name → id. */
export type Ids = ReadonlyMap<string, string>;

interface Wanted {
	readonly username: string;
	readonly name: string;
	readonly home?: { readonly village: string; readonly library: string };
	readonly grants?: readonly { readonly role: Role; readonly scope: Scope }[];
}

const nation: Scope = { kind: 'nation' };
const region = (code: string): Scope => ({ kind: 'region', code });

const everybody: readonly Wanted[] = [
	{ ...admin, grants: [{ role: 'admin', scope: nation }] },
	{ ...officer, grants: [{ role: 'officer', scope: region('15') }] },
	{
		...consultant,
		grants: [
			{ role: 'consultant', scope: region('15') },
			{ role: 'consultant', scope: region('16') }
		]
	},
	{ ...reviewer, grants: [{ role: 'reviewer', scope: nation }] },
	...facilitators,
	...teams.flatMap((team) => team.members.map((member) => ({ ...member, home: team }))),
	{ username: newcomer.username, name: newcomer.name, home: newcomer }
];

/**
 * All accounts at once, or none and null when there is somebody already: two
 * programs that start together on one database do not both lay out a demo.
 */
export async function makePeople(stage: Stage): Promise<Ids | null> {
	const prepared = await prepareAll();
	const then = at(stage, addDays(stage.startsOn, -7), '09:00').now();
	return stage.app.db.write(async (tx) => {
		const [somebody] = await tx.select({ id: user.id }).from(user).limit(1);
		if (somebody) return null;
		const ids = new Map<string, string>();
		for (const { wanted, account } of prepared) {
			ids.set(wanted.username, await makeOne(tx, { wanted, account }, then));
		}
		return ids;
	});
}

interface Prepared {
	readonly wanted: Wanted;
	readonly account: PreparedAccount;
}

/** One password for all, hashed once: the start of the program should not wait for 44 hashes. */
async function prepareAll(): Promise<Prepared[]> {
	const consents = ['account'] as const;
	const [first] = everybody as [Wanted];
	const { passwordHash } = await prepareAccount({ ...first, password: DEMO_PASSWORD, consents });
	return Promise.all(
		everybody.map(async (wanted) => {
			const { username, name } = wanted;
			const account = await prepareAccount({ username, name, password: null, consents });
			return { wanted, account: { ...account, passwordHash } };
		})
	);
}

async function makeOne(tx: Tx, { wanted, account }: Prepared, then: Date): Promise<string> {
	const { home, grants = [] } = wanted;
	const libraryId = home ? await ensureLibrary(tx, home.library, home.village) : null;
	const userId = await saveAccount(tx, { ...account, libraryId }, then);
	for (const held of grants) {
		await grantRole(tx, { userId, ...held, grantedBy: null, at: then });
	}
	return userId;
}
