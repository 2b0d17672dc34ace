/** Assignments (penugasan): given and taken back, told to whoever must react at once. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#lib/platform/server/db/index.ts';
import { grant } from '#lib/platform/server/db/schema/index.ts';
import type { Grant, Role, Scope } from '../actor.ts';

declare module '#lib/platform/events.ts' {
	interface EventMap {
		'grants.changed': { readonly userId: string };
	}
}

type Row = typeof grant.$inferSelect;

export function scopeId(scope: Scope): string {
	if (scope.kind === 'nation') return '';
	return scope.kind === 'training' ? scope.id : scope.code;
}

export function asGrant(row: Pick<Row, 'role' | 'scopeKind' | 'scopeId'>): Grant {
	const { role } = row;
	if (row.scopeKind === 'nation') return { role, scope: { kind: 'nation' } };
	if (row.scopeKind === 'training') return { role, scope: { kind: 'training', id: row.scopeId } };
	return { role, scope: { kind: 'region', code: row.scopeId } };
}

interface Granting {
	readonly userId: string;
	readonly role: Role;
	readonly scope: Scope;
	readonly grantedBy: string | null;
	readonly at: Date;
}

/** False when the person held it already. The caller announces `grants.changed` after the commit. */
export async function grantRole(tx: Tx, granting: Granting): Promise<boolean> {
	const { userId, role, scope, grantedBy, at } = granting;
	const row = { userId, role, scopeKind: scope.kind, scopeId: scopeId(scope) };
	const given = await tx
		.insert(grant)
		.values({ ...row, grantedBy, grantedAt: at })
		.onConflictDoNothing()
		.returning();
	return given.length === 1;
}

/** False when the person did not hold it. */
export async function revokeRole(tx: Tx, userId: string, held: Grant): Promise<boolean> {
	const gone = await tx
		.delete(grant)
		.where(
			and(
				eq(grant.userId, userId),
				eq(grant.role, held.role),
				eq(grant.scopeKind, held.scope.kind),
				eq(grant.scopeId, scopeId(held.scope))
			)
		)
		.returning();
	return gone.length > 0;
}
