/** Who may do what with a plan. What was submitted is frozen for everybody, whatever the table says. */
import { accessTable } from '#lib/people/access.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { PlanState } from './plan.ts';

export type PlanAction = 'read' | 'edit' | 'submit' | 'return';

export const planAccess = accessTable<PlanAction>({
	read: {
		participant: 'own group',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'scope',
		admin: 'nowhere'
	},
	edit: {
		participant: 'own group',
		facilitator: 'scope',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	submit: {
		participant: 'own group',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	return: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'nowhere',
		admin: 'nowhere'
	}
});

/** A plan as the table sees it, with what its state adds. */
export interface PlanPlace {
	readonly trainingId: string;
	readonly regionCode: string;
	readonly groupId: string;
	readonly state: PlanState;
}

export const canRead = (actor: Actor | null, plan: PlanPlace) =>
	planAccess.can(actor, 'read', plan);

export const canEdit = (actor: Actor | null, plan: PlanPlace) =>
	plan.state !== 'submitted' && planAccess.can(actor, 'edit', plan);

export const canSubmit = (actor: Actor | null, plan: PlanPlace) =>
	plan.state !== 'submitted' && planAccess.can(actor, 'submit', plan);

export const canReturn = (actor: Actor | null, plan: PlanPlace) =>
	plan.state === 'submitted' && planAccess.can(actor, 'return', plan);
