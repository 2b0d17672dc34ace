/** The sync server as the house wires it: real people, real plans, real news. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Events } from '#lib/platform/events.ts';
import type { App } from '#lib/platform/server/app.ts';
import { endSessions } from '#lib/people/server/session-list.ts';
import { startSession } from '#lib/people/server/sessions.ts';
import type { Actor } from '#lib/people/actor.ts';
import { addRow, rowsOf, textOf } from '#lib/plans/draft.ts';
import { ensurePlans, plansOfGroup } from '#lib/plans/server/plans.ts';
import { readPlan } from '#lib/plans/server/reading.ts';
import { returnPlan, submitPlan } from '#lib/plans/server/submission.ts';
import { requiredFields } from '#lib/plans/template.ts';
import { decline } from '#lib/trainings/server/joining.ts';
import { openTestApp, type TestApp } from './open-app.ts';
import { aTraining, type Cast } from './people.ts';
import { openSyncServer } from '../src/realtime.ts';
import { connect, type Connection } from '../src/collab/connect.ts';
import { socketOf, storedDocument, until } from '../src/collab/server/harness.ts';
import type { SyncServer } from '../src/collab/server/server.ts';

let app: TestApp;
let cast: Cast;
let plan: { id: string; documentId: string };
let sync: SyncServer;
let http: Server;
const connections: Connection[] = [];

beforeEach(async () => {
	app = await openTestApp();
	cast = await aTraining(app);
	await ensurePlans(app, cast.groupOfSri);
	const [first] = await plansOfGroup(app, cast.sri, cast.groupOfSri);
	if (!first) throw new Error('no plan was made');
	plan = first;
	await serve(app);
});

async function serve(tools: App): Promise<void> {
	sync = openSyncServer(tools);
	http = createServer();
	http.on('upgrade', (req, socket, head) => void sync.handleUpgrade(req, socket, head));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
}

afterEach(async () => {
	for (const connection of connections.splice(0)) connection.destroy();
	await stopServing();
	await app.close();
});

async function stopServing(): Promise<void> {
	await sync.shutdown();
	http.closeAllConnections();
	await new Promise((resolve) => http.close(resolve));
}

async function phoneOf({ userId }: Actor): Promise<{ doc: Y.Doc; connection: Connection }> {
	const { cookie } = await startSession(app, { userId, kind: 'own_phone', userAgent: null });
	const { port } = http.address() as AddressInfo;
	const doc = new Y.Doc();
	const { documentId } = plan;
	// A badly encoded cookie of some other site on the same host must not keep anybody out.
	const cookies = `lain=%E0%A4%A; ${cookie.name}=${cookie.value}`;
	const connection = connect({
		...{ documentId, userId, doc, epoch: 1, schema: 99 },
		serverUrl: `ws://127.0.0.1:${port}/sync`,
		Socket: socketOf(cookies, `http://127.0.0.1:${port}`)
	});
	connections.push(connection);
	return { doc, connection };
}

const becomes = (connection: Connection, state: string) =>
	until(() => connection.now.state === state);

function fillIn(doc: Y.Doc): void {
	const row = rowsOf(doc).get(addRow(doc));
	for (const { key } of requiredFields) if (row) textOf(row, key)?.insert(0, 'ada');
}

test('[ADM5] a plan that Sri hands in is read-only on every phone, and open again when returned', async () => {
	const { doc, connection } = await phoneOf(cast.sri);
	await becomes(connection, 'saved');
	expect(connection.now.right).toBe('write');
	fillIn(doc);
	await becomes(connection, 'saved');

	await submitPlan(app, cast.sri, plan.id);
	await until(() => connection.now.right === 'read');
	doc.getMap('late').set('text', 'terlambat');
	await becomes(connection, 'refused');
	const stored = await storedDocument(app, plan.documentId);
	expect(stored.getMap('late').size).toBe(0);

	await returnPlan(app, cast.ani, plan.id, 'Mohon lengkapi.');
	await becomes(connection, 'saved');
	expect((await storedDocument(app, plan.documentId)).getMap('late').size).toBe(1);
});

test('[ORD7] what is typed while a plan is handed in is in it, or refused on the phone', async () => {
	const { doc, connection } = await phoneOf(cast.sri);
	await becomes(connection, 'saved');
	fillIn(doc);
	await becomes(connection, 'saved');
	const row = [...rowsOf(doc).values()][0];
	if (!row) throw new Error('no activity was added');
	const title = textOf(row, 'title');
	const submitting = submitPlan(app, cast.sri, plan.id);
	for (let n = 0; n < 40; n++) {
		title?.insert(0, 'x');
		await new Promise((resolve) => setImmediate(resolve));
	}
	await submitting;
	await until(() => ['saved', 'refused'].includes(connection.now.state) && isReader(connection));
	const { contents } = await readPlan(app, cast.sri, plan.id);
	const handedIn = String(contents.activities[0]?.values.title);
	const typed = String(title);
	// Nothing is called saved that is not in what was handed in.
	expect(connection.now.state === 'refused' || handedIn === typed).toBe(true);
	expect(typed.endsWith(handedIn)).toBe(true);
	expect(
		textOf(
			[...rowsOf(await storedDocument(app, plan.documentId)).values()][0]!,
			'title'
		)?.toString()
	).toBe(handedIn);
});

test('[ORD7] the frozen document refuses what a socket brings that has heard of nothing', async () => {
	await stopServing();
	await serve({ ...app, events: new Events(() => {}) }); // no news arrives here
	const { doc, connection } = await phoneOf(cast.sri);
	await becomes(connection, 'saved');
	fillIn(doc);
	await becomes(connection, 'saved');
	await submitPlan(app, cast.sri, plan.id);
	expect(connection.now.right).toBe('write');
	doc.getMap('late').set('text', 'terlambat');
	await until(() => connection.now.state !== 'saving' && connection.now.state !== 'saved');
	await until(() => isReader(connection) && connection.now.state === 'refused');
	expect((await storedDocument(app, plan.documentId)).getMap('late').size).toBe(0);
});

const isReader = (connection: Connection) => connection.now.right === 'read';

test('[ADM2] Budi, of another group, is not let in; Ani of the province only reads', async () => {
	const budi = await phoneOf(cast.budi);
	await becomes(budi.connection, 'refused');
	expect(budi.connection.now.reason).toBe('right');
	const ani = await phoneOf(cast.ani);
	await until(() => ani.connection.now.right === 'read');
	await until(() => ani.doc.getMap('meta').size > 0);
});

test('[ADM5] whoever is taken out of the training is shown out of its plans', async () => {
	const { connection } = await phoneOf(cast.sri);
	await becomes(connection, 'saved');
	await decline(app, cast.yusuf, cast.training.id, cast.sri.userId);
	await becomes(connection, 'refused');
	expect(connection.now.reason).toBe('right');
});

test('[ADM5] signing out everywhere closes the sockets of that person', async () => {
	const { connection } = await phoneOf(cast.sri);
	await becomes(connection, 'saved');
	await endSessions(app, cast.sri.userId);
	await becomes(connection, 'refused');
	expect(connection.now.reason).toBe('sign_in');
});
