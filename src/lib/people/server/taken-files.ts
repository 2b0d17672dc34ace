/** Files that people take out of the portal: each that is taken stands in the audit log. */
import { Refusal } from '#lib/platform/refusal.ts';
import type { App } from '#lib/platform/server/app.ts';
import type { FileToTake } from '#lib/platform/server/files.ts';
import type { Actor } from '../actor.ts';
import { audit } from './audit.ts';

interface Taking {
	readonly name: string;
	/** What the log calls it: 'attendance.taken', followed by the name of the file. */
	readonly action: string;
	/** 'training:abc' */
	readonly object: string;
	/** The sentence for a name that is not among the files. */
	readonly missing: Refusal['messageKey'];
}

export interface TakenFile {
	readonly name: string;
	readonly mediaType: string;
	readonly content: Buffer;
}

/** The one of that name, made now; the others are not. Refuses with `not_found` any other name. */
export async function takeFile(
	app: App,
	actor: Actor,
	files: readonly FileToTake[],
	{ name, action, object, missing }: Taking
): Promise<TakenFile> {
	const file = files.find((one) => one.name === name);
	if (!file) throw new Refusal('not_found', missing);
	const content = await file.content();
	const deed = { actorId: actor.userId, action: `${action}.${file.name}`, object, at: app.now() };
	await app.db.write((tx) => audit(tx, deed));
	return { name: file.name, mediaType: file.mediaType, content };
}
