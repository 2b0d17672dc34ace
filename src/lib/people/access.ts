/**
 * What a person may do: one table per noun, from which both the answer for one
 * object and the condition for a query are derived, so that a list can never
 * show what a page would refuse.
 *
 * Everything is denied unless the table says otherwise. Outside one's reach an
 * object does not exist: callers answer `not_found`.
 */
import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { Refusal } from '#lib/platform/refusal.ts';
import { covers, type Actor, type Grant, type Role } from './actor.ts';
import { withinRegion } from './within-region.ts';

/**
 * How far a role reaches:
 * `scope`: whatever lies within the grant's training, region or nation;
 * `own group`: within the scope, and of a group the person is a member of;
 * `own`: within the scope, and the person's own.
 */
export type Reach = 'nowhere' | 'scope' | 'own group' | 'own';

/** Where an object stands. A region grant reaches it through `regionCode`, and so on. */
export interface Located {
	readonly trainingId?: string | null;
	readonly regionCode?: string | null;
	readonly groupId?: string | null;
	readonly ownerId?: string | null;
}

/** The same for a query: columns, or other things Drizzle can compare. */
export type LocatedColumns = { readonly [K in keyof Located]?: Parameters<typeof eq>[0] };

export interface AccessTable<Action extends string> {
	can(actor: Actor | null, action: Action, object: Located): boolean;
	/** The condition that lets through exactly the rows for which `can` is true. */
	where(actor: Actor | null, action: Action, columns: LocatedColumns): SQL;
	/** Whether any of the actor's grants could ever allow it: for menus, not for decisions. */
	mayEver(actor: Actor | null, action: Action): boolean;
}

const NOTHING = sql`1 = 0`;

/**
 * For pages that show nothing but what is the person's own: this is their
 * question. Refuses with `unauthenticated` when nobody is signed in.
 */
export function onlyOwn(actor: Actor | null): Actor {
	if (!actor) throw new Refusal('unauthenticated', 'people_refused_sign_in_first');
	actor.asked++;
	return actor;
}

export function accessTable<Action extends string>(
	rules: Readonly<Record<Action, Readonly<Record<Role, Reach>>>>
): AccessTable<Action> {
	return {
		can(actor, action, object) {
			if (!actor) return false;
			actor.asked++;
			return actor.grants.some((grant) => {
				const reach = rules[action][grant.role];
				return reach !== 'nowhere' && inScope(grant, object) && reaches(reach, actor, object);
			});
		},
		where(actor, action, columns) {
			if (!actor) return NOTHING;
			actor.asked++;
			const ways = actor.grants.map((grant) =>
				grantCondition(rules[action][grant.role], grant, actor, columns)
			);
			return or(...ways.filter((way) => way !== NOTHING)) ?? NOTHING;
		},
		mayEver(actor, action) {
			if (!actor) return false;
			return actor.grants.some((grant) => rules[action][grant.role] !== 'nowhere');
		}
	};
}

function inScope({ scope }: Grant, object: Located): boolean {
	if (scope.kind === 'nation') return true;
	if (scope.kind === 'training') return object.trainingId === scope.id;
	return object.regionCode != null && covers(scope.code, object.regionCode);
}

function reaches(reach: Reach, actor: Actor, object: Located): boolean {
	if (reach === 'scope') return true;
	if (reach === 'own group')
		return object.groupId != null && actor.groupIds.includes(object.groupId);
	return reach === 'own' && object.ownerId === actor.userId;
}

function grantCondition(reach: Reach, grant: Grant, actor: Actor, columns: LocatedColumns): SQL {
	const scope = scopeCondition(grant, columns);
	if (reach === 'nowhere' || scope === NOTHING) return NOTHING;
	if (reach === 'scope') return scope;
	if (reach === 'own group') {
		if (!columns.groupId || actor.groupIds.length === 0) return NOTHING;
		return and(scope, inArray(columns.groupId as SQL, [...actor.groupIds])) ?? NOTHING;
	}
	if (!columns.ownerId) return NOTHING;
	return and(scope, eq(columns.ownerId, actor.userId)) ?? NOTHING;
}

function scopeCondition({ scope }: Grant, columns: LocatedColumns): SQL {
	if (scope.kind === 'nation') return sql`1 = 1`;
	if (scope.kind === 'training') {
		return columns.trainingId ? eq(columns.trainingId, scope.id) : NOTHING;
	}
	if (!columns.regionCode) return NOTHING;
	return withinRegion(columns.regionCode, scope.code);
}
