import { whereThrown } from '#lib/platform/server/log.ts';
import type { App } from '#lib/platform/server/app.ts';

/** For work that nobody waits for: what goes wrong in it is said in the log. */
export function inBackground(app: App, work: Promise<unknown>): void {
	work.catch((thrown) => app.log('error', 'background_failed', { where: whereThrown(thrown) }));
}
