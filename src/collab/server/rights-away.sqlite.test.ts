/**
 * What happens to people while nobody can say what they may do. Once is enough: the storage takes no
 * part in it, and the other engine has a real outage of its own.
 */
import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '#lib/platform/refusal.ts';
import { closeCode } from '../codes.ts';
import type { Admission } from './admission.ts';
import { asStep2, asUpdate, isSaved, until, type Phone } from './harness.ts';
import { acknowledged, expectClosed, openStage, saidNotSaved, typed } from './stage.harness.ts';

const stage = openStage();

let isAway = false;
let asked = 0;

/** Asked all the time, and at most a few times in a test. */
const QUICK = { recheckMs: 50, admissionMs: 1000 };

async function decideUnlessAway(decide: () => Admission): Promise<Admission> {
	asked++;
	if (isAway) throw new Refusal('unavailable', 'platform_refused_storage');
	return decide();
}

async function restart(limits = {}): Promise<void> {
	await stage.restartWith({ ...QUICK, ...limits });
	stage.server.admits = decideUnlessAway;
}

/** Everybody here has been asked for in vain, more than once. */
async function askedInVain(): Promise<void> {
	const before = asked;
	await until(() => asked > before + 3);
}

async function bothHere(): Promise<[Phone, Phone]> {
	const [sri, wati] = [stage.phoneOf('sri'), stage.phoneOf('wati')];
	await until(() => isSaved(sri) && isSaved(wati));
	return [sri, wati];
}

const isUnstored = ({ connection }: Phone) => connection.now.state === 'unstored';

beforeEach(async () => {
	isAway = false;
	await restart();
});

test('[ADM8] who was let in stays and writes, nobody gains a right, and who comes is told to come again', async () => {
	stage.server.rights.set('ani', 'read');
	const [sri, wati, ani] = [stage.phoneOf('sri'), stage.phoneOf('wati'), stage.phoneOf('ani')];
	await until(() => [sri, wati, ani].every(isSaved));
	let closings = 0;
	for (const { connection } of [sri, wati, ani]) {
		connection.subscribe(({ state }) => void (state === 'offline' && closings++));
	}
	isAway = true;
	await askedInVain();
	stage.server.rights.set('ani', 'write');
	sri.text.insert(0, 'ditulis meski begitu');
	await until(() => isUnstored(sri));
	await askedInVain();
	expect(ani.connection.now.right).toBe('read');
	const budi = await stage.rawOf('budi');
	await expectClosed(budi, closeCode.tryAgain, 'not_now');
	const late = stage.phoneOf('budi');
	await until(() => isUnstored(late));
	expect([closings, await stage.storedTitle()]).toEqual([0, '']);
	isAway = false;
	await until(() => isSaved(sri) && wati.text.toString() === 'ditulis meski begitu');
	await until(() => ani.connection.now.right === 'write');
	expect(closings).toBe(0);
});

test('[ADM8] whoever nobody could ask about for too long is sent away, to come back', async () => {
	await restart({ uncheckedMs: 200 });
	const budi = await stage.rawOf('budi');
	isAway = true;
	await expectClosed(budi, closeCode.tryAgain, 'not_now');
	await until(() => stage.server.sync.counts().sockets === 0);
});

test('[ADM8] whoever is asked about in time is not sent away', async () => {
	// Many rounds fit into that time: one that comes late on a busy machine is no reason.
	await restart({ uncheckedMs: 1000 });
	const budi = await stage.rawOf('budi');
	const before = asked;
	await until(() => asked > before + 24);
	expect(budi.socket.readyState).toBe(budi.socket.OPEN);
});

test('[ADM8] whoever there was news about is not read until it is known what he may do', async () => {
	const [sri, budi] = [stage.phoneOf('sri'), await stage.rawOf('budi')];
	budi.send(...asStep2(Uint8Array.of(0, 0)));
	await until(() => isSaved(sri) && acknowledged(budi) === 1);
	isAway = true;
	const asking = Promise.all([
		stage.server.sync.readmit({ userId: 'sri' }),
		stage.server.sync.readmit({ userId: 'budi' })
	]);
	await until(() => saidNotSaved(budi));
	budi.send(...asUpdate(typed('menyelinap')));
	sri.text.insert(0, 'halo');
	await until(() => isUnstored(sri));
	expect(stage.server.sync.counts().unstored).toBe(0);
	stage.server.rights.set('budi', 'read');
	isAway = false;
	await asking;
	await until(() => isSaved(sri));
	await until(() => budi.frames.some((frame) => Buffer.from(frame).includes('read_only')));
	expect(await stage.storedTitle()).toBe('halo');
});

test('[ADM8] a socket that is closed while it is not read is gone at once', async () => {
	await restart({ uncheckedMs: 200 });
	const budi = await stage.rawOf('budi');
	isAway = true;
	void stage.server.sync.readmit({ userId: 'budi' });
	await expectClosed(budi, closeCode.tryAgain, 'not_now');
	await until(() => stage.server.sync.counts().sockets === 0);
});

test('[ADM8] with the first answer everybody is asked for, without waiting for the next round', async () => {
	await restart({ recheckMs: 1e6 });
	const [sri, wati] = await bothHere();
	isAway = true;
	const asking = stage.server.sync.readmit({ userId: 'sri' });
	await askedInVain();
	stage.server.rights.set('wati', null);
	isAway = false;
	await asking;
	await until(() => wati.connection.now.reason === 'right');
	expect(isSaved(sri)).toBe(true);
});

test('[ADM8] whoever is read again is not told once more that nothing can be saved', async () => {
	await restart({ recheckMs: 1e6 });
	const [sri, wati] = await bothHere();
	isAway = true;
	const asking = stage.server.sync.readmit({ userId: 'sri' });
	await askedInVain();
	isAway = false;
	await asking;
	// What was said to Sri before this letter has arrived before it.
	wati.text.insert(0, 'w');
	await until(() => sri.text.toString() === 'w');
	const states: string[] = [];
	sri.connection.subscribe(({ state }) => void states.push(state));
	sri.text.insert(0, 's');
	await until(() => isSaved(sri) && states.includes('saving'));
	expect(states).not.toContain('unstored');
});

test('[ADM8] an answer that comes late does not give back what has ended since', async () => {
	await restart({ recheckMs: 1e6 });
	const budi = await stage.rawOf('budi');
	budi.send(...asStep2(Uint8Array.of(0, 0)));
	await until(() => acknowledged(budi) === 1);
	const gate = Promise.withResolvers<null>();
	stage.server.admits = async (decide) => {
		const answer = decide();
		await gate.promise;
		return answer;
	};
	const slow = stage.server.sync.readmit({ userId: 'budi' });
	stage.server.admits = decideUnlessAway;
	stage.server.rights.set('budi', 'read');
	await stage.server.sync.readmit({ userId: 'budi' });
	gate.resolve(null);
	await slow;
	budi.send(...asUpdate(typed('tidak boleh')));
	await until(() => saidNotSaved(budi));
	expect(await stage.storedTitle()).toBe('');
});

test('[ORD10] what was typed in doubt is stored for those who may still write, and for nobody else', async () => {
	const [sri, wati] = await bothHere();
	isAway = true;
	await askedInVain();
	sri.text.insert(0, 'sesudah pergi');
	wati.text.insert(0, 'tetap ikut');
	await until(() => isUnstored(sri) && isUnstored(wati));
	stage.server.rights.set('sri', null);
	isAway = false;
	await until(() => isSaved(wati) && sri.connection.now.reason === 'right');
	expect(await stage.storedTitle()).toBe('tetap ikut');
	expect(sri.text.toString()).toBe('sesudah pergi');
});

test('[ORD10] whoever has left meanwhile is asked about too', async () => {
	const [sri, wati] = await bothHere();
	isAway = true;
	await askedInVain();
	sri.text.insert(0, 'dan pergi');
	await until(() => isUnstored(sri));
	sri.connection.destroy();
	await until(() => stage.server.sync.counts().sockets === 1);
	stage.server.rights.set('sri', null);
	isAway = false;
	wati.text.insert(0, 'tetap ikut');
	await until(() => isSaved(wati));
	expect(await stage.storedTitle()).toBe('tetap ikut');
});

test('[ORD10] whoever has left and may still write is not waited for', async () => {
	const sri = stage.phoneOf('sri');
	await until(() => isSaved(sri));
	isAway = true;
	await askedInVain();
	sri.text.insert(0, 'lalu pulang');
	await until(() => isUnstored(sri));
	sri.connection.destroy();
	await until(() => stage.server.sync.counts().sockets === 0);
	expect(await stage.storedTitle()).toBe('');
	isAway = false;
	await until(async () => (await stage.storedTitle()) === 'lalu pulang');
});
