import type { App } from '#lib/platform/server/app.ts';
import type { Actor } from '#lib/people/actor.ts';
import { canEdit, canRead } from '../access.ts';
import { planOfDocument } from './plans.ts';

/** What the actor may do with the document of a plan; null: for this actor it does not exist. */
export async function documentRight(
	app: App,
	actor: Actor,
	documentId: string
): Promise<'write' | 'read' | null> {
	const plan = await planOfDocument(app, documentId);
	if (!plan || !canRead(actor, plan)) return null;
	return canEdit(actor, plan) ? 'write' : 'read';
}
