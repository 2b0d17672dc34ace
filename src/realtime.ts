/**
 * The one extra entry of the server: hands socket upgrades to the sync server and tells it when
 * rights have changed. Upgrades pass none of SvelteKit's hooks; who may come in is decided here.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { App } from '#lib/platform/server/app.ts';
import { jsonLog, whereThrown } from '#lib/platform/server/log.ts';
import { readyOnlyWhile, startDraining } from '#lib/platform/server/readiness.ts';
import { theApp } from '#lib/platform/server/the-app.ts';
import type { Actor } from '#lib/people/actor.ts';
import { actorOfCookieHeader } from '#lib/people/server/sessions.ts';
import { documentRight } from '#lib/plans/server/document-right.ts';
// For the names of their events.
import '#lib/people/server/grants.ts';
import '#lib/plans/server/submission.ts';
import { closeCode } from './collab/codes.ts';
import type { Admission, AdmissionRequest } from './collab/server/admission.ts';
import { limitsFrom } from './collab/server/limits.ts';
import { createSyncServer, isSyncUrl, type SyncServer } from './collab/server/server.ts';

/** In development every edit loads this module again; sockets and documents must outlive that. */
const kept = globalThis as typeof globalThis & { rembukSync?: Promise<SyncServer> };

export function isOurs(url: string): boolean {
	return isSyncUrl(url);
}

export async function handleUpgrade(
	req: IncomingMessage,
	socket: Duplex,
	head: Buffer
): Promise<void> {
	const server = await theSyncServer();
	await server.handleUpgrade(req, socket, head);
}

/** What an operator watches, in the format Prometheus reads. */
export async function metrics(): Promise<string> {
	return (await theSyncServer()).metrics();
}

/** Everything stored, everybody told to come back. */
export async function shutdown(): Promise<void> {
	startDraining();
	await (await kept.rembukSync)?.shutdown();
}

/**
 * Something was thrown that nobody caught: what this process believes may be wrong now. Said and
 * counted here; whoever started the server ends it.
 *
 * @param reason where Node found it
 */
export function noteFailure(reason: string, thrown: unknown): void {
	jsonLog('error')('error', 'process_failed', { reason, where: whereThrown(thrown) });
	void kept.rembukSync?.then((server) => server.noteFailure(reason));
}

function theSyncServer(): Promise<SyncServer> {
	kept.rembukSync ??= theApp().then((app) => {
		const server = openSyncServer(app);
		readyOnlyWhile(() => server.counts().unstored === 0);
		return server;
	});
	return kept.rembukSync;
}

/** The sync server of an app, wired to its people, its plans and its news. */
export function openSyncServer(app: App): SyncServer {
	const server = createSyncServer({
		app,
		admit: (request) => admit(app, request),
		isOwnOrigin: (req) => isOwnOrigin(app, req),
		limits: limitsFrom(app.settings.syncLimits)
	});
	const { events } = app;
	const readmit = (whom: Parameters<SyncServer['readmit']>[0]) => {
		server.readmit(whom).catch(() => app.log('error', 'socket_not_rechecked'));
	};
	events.on('plan.submitted', ({ documentId }) => readmit({ documentId }));
	events.on('plan.returned', ({ documentId }) => readmit({ documentId }));
	events.on('session.ended', ({ sessionId }) => readmit({ sessionId }));
	events.on('user.disabled', ({ userId }) => readmit({ userId }));
	events.on('grants.changed', ({ userId }) => readmit({ userId }));
	events.on('document.replaced', ({ documentId }) => void server.replaced(documentId));
	return server;
}

async function admit(app: App, request: AdmissionRequest): Promise<Admission> {
	const actor = await actorOfCookieHeader(app, request.cookie);
	if (!actor) return { ok: false, code: closeCode.signInAgain, reason: 'sign_in' };
	const right = await documentRight(app, actor, request.documentId);
	if (!right) return { ok: false, code: closeCode.noRight, reason: 'right' };
	const { userId: id, name, sessionId } = actor;
	return { ok: true, right, person: { id, name, role: roleOf(actor), sessionId } };
}

/** For the dot beside a name; it decides nothing. */
function roleOf(actor: Actor): string {
	return actor.grants.find(({ role }) => role !== 'participant')?.role ?? 'participant';
}

/**
 * A browser always says from which page a socket is opened. Without ORIGIN people come directly, to
 * the host they name.
 */
function isOwnOrigin(app: App, req: IncomingMessage): boolean {
	const { origin } = req.headers;
	if (!origin || !URL.canParse(origin)) return false;
	if (app.settings.origin) return new URL(origin).origin === app.settings.origin;
	return new URL(origin).host === hostOf(app, req);
}

function hostOf(app: App, req: IncomingMessage): string | undefined {
	const value = req.headers[app.settings.hostHeader];
	return Array.isArray(value) ? value[0] : value;
}
