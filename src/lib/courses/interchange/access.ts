/** Who may take the course to another system, and who may bring questions into it. */
import { accessTable } from '#lib/people/access.ts';
import type { Actor, Scope } from '#lib/people/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';

/**
 * `take`: a module with its questions and their answers, wherever one's assignment
 * reaches. `import`: questions into the item bank, which is that of the whole country.
 */
export type InterchangeAction = 'take' | 'import';

const access = accessTable<InterchangeAction>({
	take: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'scope',
		admin: 'scope'
	},
	import: {
		participant: 'nowhere',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'scope',
		admin: 'scope'
	}
});

/** A module belongs to no region and no training: whoever may anywhere, may. */
export function mayTakeModules(actor: Actor | null): boolean {
	return actor?.grants.some(({ scope }) => access.can(actor, 'take', placeOf(scope))) ?? false;
}

export function mayImportItems(actor: Actor | null): boolean {
	return access.can(actor, 'import', {});
}

/** Refuses with `forbidden` whoever may not bring questions in. */
export function importerOf(actor: Actor | null): Actor {
	if (actor && mayImportItems(actor)) return actor;
	throw new Refusal('forbidden', 'courses_refused_import');
}

function placeOf(scope: Scope) {
	if (scope.kind === 'training') return { trainingId: scope.id };
	return scope.kind === 'region' ? { regionCode: scope.code } : {};
}
