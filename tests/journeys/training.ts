/** A training of one's own, made by the provincial office in a moment, so that a journey disturbs no other. */
import { expect, type APIRequestContext } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { leadsTo, PASSWORD, requestsOf, send } from './people.ts';

export interface OwnTraining {
	readonly id: string;
	/** Of an open door: who knows it walks in. */
	readonly code: string;
}

export const today = () =>
	new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Jakarta' }).format(new Date());

/** In Jambi, of today alone: everything is open, plans and feedback alike. Nurhayati runs it. */
export async function makeTraining(server: string, title: string): Promise<OwnTraining> {
	const amril = await requestsOf(server, 'amril');
	const made = await send(amril, `${server}/pelatihan/baru`, {
		title,
		place: 'Aula Dinas',
		region: '15',
		zone: 'Asia/Jakarta',
		starts_on: today(),
		ends_on: today(),
		plan_due_on: '',
		feedback_opens_on: ''
	});
	expect(made.status()).toBe(303);
	const path = leadsTo(made);
	const assigned = await send(amril, `${server}${path}/ubah?/assign`, {
		username: 'nurhayati',
		password: PASSWORD
	});
	expect(assigned.status()).toBe(303);
	await amril.dispose();

	const nurhayati = await requestsOf(server, 'nurhayati');
	await send(nurhayati, `${server}${path}/pintu?/open`);
	const door = await (await nurhayati.get(`${path}/pintu`)).text();
	await nurhayati.dispose();
	const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(door)?.[0];
	if (!code) throw new Error('the door shows no code');
	return { id: path.split('/').pop() ?? '', code };
}

/** What the form of a newcomer sends when everything is filled in well. */
export const newcomer = (username: string, name: string) => ({
	name,
	village: '15.04.04.2014',
	region: '',
	village_name: '',
	library: 'Bina Ilmu',
	username,
	password: NEW_PASSWORD,
	consent_account: 'on'
});

/** Somebody new walks in through the open door; the answer is their requests, signed in. */
export async function joinQuietly(
	server: string,
	code: string,
	who: { username: string; name: string }
): Promise<APIRequestContext> {
	const person = await requestsOf(server, null);
	const form = newcomer(who.username, who.name);
	const joined = await send(person, `${server}/gabung/${code}?/newcomer`, form);
	expect(leadsTo(joined)).toMatch(/^\/pelatihan\//);
	return person;
}

/** A session of today that is taking attendance; the answer is the path of its list. */
export async function addSession(server: string, training: string): Promise<string> {
	const amril = await requestsOf(server, 'amril');
	const added = await send(amril, `${server}${training}/agenda?/add`, {
		on_day: today(),
		starts_at: '08:00',
		ends_at: '09:30',
		title: 'Advokasi',
		jp: '',
		module: ''
	});
	expect(added.status()).toBe(303);
	await amril.dispose();
	const nurhayati = await requestsOf(server, 'nurhayati');
	const list = await (await nurhayati.get(`${training}/kehadiran`)).text();
	const path = /href="[^"]*?(\/kehadiran\/\w+)"/.exec(list)?.[1] ?? '';
	await send(nurhayati, `${server}${training}${path}?/buka`);
	await nurhayati.dispose();
	return training + path;
}

/** What the screen of a session shows now. */
export async function codeOnScreen(server: string, session: string): Promise<string> {
	const nurhayati = await requestsOf(server, 'nurhayati');
	const screen = await (await nurhayati.get(`${session}/layar`)).text();
	await nurhayati.dispose();
	// The name of a file in the head may look like a code.
	const code = />([2-9A-Z]{3}-[2-9A-Z]{3})</.exec(screen)?.[1];
	if (!code) throw new Error('the screen shows no code');
	return code;
}
