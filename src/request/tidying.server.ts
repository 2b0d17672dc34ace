/** What is let go of when nobody can need it any more: at the start, and once a day from then on. */
import { dropOldNoteOperations } from '#lib/courses/server/notebook.ts';
import { dropOldDrafts } from '#lib/feedback/server/drafts.ts';
import type { App } from '#lib/platform/server/app.ts';
import { dropOldReceipts } from '#lib/platform/server/operations.ts';
import { dropExpiredSessions } from '#lib/people/server/session-list.ts';
import { dropOldFailures } from '#lib/people/server/throttle.ts';
import { inBackground } from './background.server.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * At the start too: a computer that is switched off every evening never runs for a whole day.
 * Resolves when the first round is done.
 */
export function tidyFromNowOn(app: App): Promise<unknown> {
	setInterval(() => inBackground(app, tidy(app)), DAY_MS).unref();
	return tidy(app);
}

const tidy = (app: App): Promise<unknown> =>
	Promise.all([
		dropExpiredSessions(app),
		dropOldFailures(app),
		dropOldNoteOperations(app),
		dropOldReceipts(app),
		dropOldDrafts(app)
	]);
