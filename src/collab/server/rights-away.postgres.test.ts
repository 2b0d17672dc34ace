/** A PostgreSQL of our own that is gone for longer than rights are believed without asking. */
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { isSaved, until, type Phone } from './harness.ts';
import { openOnOwnPostgres } from './own-postgres.harness.ts';

const logged: string[] = [];
let asked = 0;

/** Everybody is asked for every 200 ms; the database repeats a question for 8 s, which is too long here. */
const QUICK = { recheckMs: 200, admissionMs: 300 };

const stage = openOnOwnPostgres({ limits: QUICK, log: (_level, event) => void logged.push(event) });

beforeEach(() => {
	logged.length = 0;
	stage.server.admits = async (decide) => {
		asked++;
		await stage.app.db.read.rows(sql.raw('select 1'));
		return decide();
	};
});

const isUnstored = ({ connection }: Phone) => connection.now.state === 'unstored';

/** Before a number is claimed the log is asked ([NODE4]), which would take its 8 s here. */
async function claimNumbers(...writers: Phone[]): Promise<void> {
	for (const { text } of writers) text.insert(0, 'x');
	await until(() => writers.every((one) => isSaved(one) && one.text.length === writers.length));
}

/** For many times as long as the server waits before it asks for everybody again. */
async function goAway(): Promise<void> {
	await stage.postgres.kill();
	const before = asked;
	await until(() => asked > before + 4, 30_000);
}

test('[ADM8] everybody who was there is there when it comes back, and all is stored within seconds', async () => {
	const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
	await until(() => isSaved(sri) && isSaved(wati));
	await claimNumbers(sri, wati);
	let closings = 0;
	for (const { connection } of [sri, wati]) {
		connection.subscribe(({ state }) => void (state === 'offline' && closings++));
	}
	await goAway();
	sri.text.insert(0, 'selama mati ');
	wati.text.insert(0, 'juga ');
	await until(() => isUnstored(sri) && isUnstored(wati));
	const late = stage.phoneOf('budi');
	await until(() => isUnstored(late));
	expect(stage.server.sync.counts().sockets).toBe(2);
	await stage.postgres.restart();
	await until(() => isSaved(sri) && isSaved(wati));
	await until(() => sri.text.toString() === wati.text.toString());
	expect(await stage.storedTitle()).toBe(sri.text.toString());
	expect(sri.text).toHaveLength('selama mati juga xx'.length);
	await until(() => late.text.toString() === sri.text.toString(), 30_000);
	expect(closings).toBe(0);
	expect(logged).toEqual(expect.arrayContaining(['rights_unanswered', 'rights_answered']));
}, 90_000);

test('[ORD10] what somebody typed whose right ended meanwhile is not stored, what the others typed is', async () => {
	const [sri, wati, ani] = [stage.phoneOf('sri'), stage.phoneOf('wati'), stage.phoneOf('ani')];
	await until(() => [sri, wati, ani].every(isSaved));
	await claimNumbers(sri, wati, ani);
	await goAway();
	sri.text.insert(0, 'tidak berhak lagi ');
	wati.text.insert(0, 'masih berhak ');
	await until(() => isUnstored(sri) && isUnstored(wati));
	ani.text.insert(0, 'berhak lalu pulang ');
	await until(() => isUnstored(ani));
	ani.connection.destroy();
	await until(() => stage.server.sync.counts().sockets === 2);
	stage.server.rights.set('sri', null);
	await stage.postgres.restart();
	await until(() => sri.connection.now.reason === 'right' && isSaved(wati), 20_000);
	expect(await stage.storedTitle()).toContain('masih berhak ');
	expect(await stage.storedTitle()).not.toContain('tidak berhak lagi');
	expect(sri.text.toString()).toContain('tidak berhak lagi ');
	// Ani's is on her phone: it comes with her.
	stage.phoneOf('ani', ani.doc);
	await until(async () => (await stage.storedTitle()).includes('berhak lalu pulang '));
}, 90_000);
