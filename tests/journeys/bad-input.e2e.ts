import { expect, test, type APIRequestContext, type APIResponse } from '@playwright/test';
import { NEW_PASSWORD } from './joining.ts';
import { hrefsIn, quizAnswers } from './pages.ts';
import { leadsTo, PASSWORD, requestsOf, send } from './people.ts';
import { joinQuietly, makeTraining, newcomer, type OwnTraining } from './training.ts';

let server: string;
let training: OwnTraining;

test.beforeAll(async ({ baseURL }) => {
	server = baseURL!;
	training = await makeTraining(server, 'Bimtek isian buruk');
});

/** The one sentence of a refusal. More than one would leave people guessing. */
async function sentenceOf(answer: APIResponse): Promise<string> {
	const found = [...(await answer.text()).matchAll(/role="alert"[^>]*>([^<]*)</g)];
	expect(found).toHaveLength(1);
	return found[0]?.[1] ?? '';
}

const textOf = async (who: APIRequestContext, path: string) => (await who.get(path)).text();

test('fifty wrong passwords shut out nobody on a phone that is known', async () => {
	const own = await joinQuietly(server, training.code, { username: 'yanto', name: 'Yanto' });
	await send(own, `${server}/keluar`);
	const right = { username: 'yanto', password: NEW_PASSWORD, next: '' };
	expect((await send(own, `${server}/masuk`, right)).status()).toBe(303); // now it is known

	const stranger = await requestsOf(server, null);
	const wrong = { username: 'yanto', password: 'bukan kata sandinya', next: '' };
	const statuses: number[] = [];
	for (let tried = 0; tried < 50; tried++) {
		const answer = await send(stranger, `${server}/masuk`, wrong);
		statuses.push(answer.status());
		const sentence = await sentenceOf(answer);
		expect(sentence).toMatch(answer.status() === 400 ? /belum tepat/ : /Terlalu banyak percobaan/);
		if (answer.status() === 429) expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
	}
	expect(new Set(statuses)).toEqual(new Set([400, 429]));
	expect((await send(stranger, `${server}/masuk`, right)).status()).toBe(429);
	await send(own, `${server}/keluar`);
	expect((await send(own, `${server}/masuk`, right)).status()).toBe(303);
});

test('an unknown name and a wrong password read the same', async () => {
	const guest = await requestsOf(server, null);
	const asked = (username: string) =>
		send(guest, `${server}/masuk`, { username, password: 'salah salah salah', next: '' });
	const [known, unknown] = [await asked('maria'), await asked('tidak.ada')];
	expect(known.status()).toBe(unknown.status());
	expect(await sentenceOf(known)).toBe(await sentenceOf(unknown));
});

test('a form sent after the session has ended leads to the sign-in page', async () => {
	const who = await joinQuietly(server, training.code, { username: 'wagini', name: 'Wagini' });
	const [lesson = ''] = hrefsIn(await textOf(who, '/belajar'), /^\/belajar\/[\w-]+\/[\w-]+$/);
	const { cookies } = await who.storageState();
	await send(who, `${server}/keluar`);
	const stale = await fetch(`${server}${lesson}?/selesai`, {
		method: 'POST',
		headers: {
			origin: server,
			accept: 'text/html',
			cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
			'content-type': 'application/x-www-form-urlencoded'
		},
		redirect: 'manual'
	});
	expect(stale.status).toBe(303);
	expect(stale.headers.get('location')).toBe(`/masuk?lanjut=${encodeURIComponent(lesson)}`);
});

test('a quiz that has changed since it was opened is refused in words', async () => {
	const who = await joinQuietly(server, training.code, { username: 'tarmi', name: 'Tarmi' });
	const quiz = '/belajar/konsep-transformasi/kuis';
	const answers = quizAnswers(await textOf(who, quiz));
	const { lembar, ...given } = answers;
	const old = Object.fromEntries(Object.keys(given).map((id) => [id, 'zz']));
	const answer = await send(who, `${server}${quiz}`, { ...old, lembar: lembar! });
	expect(answer.status()).toBe(400);
	expect(await sentenceOf(answer)).toContain('Mungkin kuis baru saja diperbarui');
});

test.describe('what is sent twice counts once', () => {
	test('joining', async () => {
		const guest = await requestsOf(server, null);
		const form = newcomer('kembar', 'Kembar Satu');
		const both = await Promise.all([
			send(guest, `${server}/gabung/${training.code}?/newcomer`, form),
			send(guest, `${server}/gabung/${training.code}?/newcomer`, form)
		]);
		expect(both.map((answer) => answer.status()).sort()).toEqual([303, 409]);
		const nurhayati = await requestsOf(server, 'nurhayati');
		const people = await textOf(nurhayati, `/pelatihan/${training.id}/peserta`);
		expect(people.match(/<strong>Kembar Satu<\/strong>/g)).toHaveLength(1);
	});

	test('a quiz', async () => {
		const who = await joinQuietly(server, training.code, { username: 'murni', name: 'Murni' });
		const quiz = '/belajar/konsep-transformasi/kuis';
		const answers = quizAnswers(await textOf(who, quiz));
		const both = await Promise.all([1, 2].map(() => send(who, `${server}${quiz}`, answers)));
		expect(both.map((answer) => answer.status())).toEqual([303, 303]);
		expect(leadsTo(both[0]!)).toBe(leadsTo(both[1]!));
	});

	test('feedback', async () => {
		const who = await joinQuietly(server, training.code, { username: 'parmin', name: 'Parmin' });
		const form = `/umpan-balik/${training.id}`;
		let answers: APIResponse[] = [];
		for (let at = `${form}?bagian=1`; at.startsWith(`${form}?`); at = leadsTo(answers[0]!)) {
			const page = await textOf(who, at);
			const last = page.includes('value="kirim"');
			const filled = { ...firstChoices(page), ke: last ? 'kirim' : 'lanjut' };
			const times = last ? [1, 2] : [1];
			answers = await Promise.all(times.map(() => send(who, `${server}${at}`, filled)));
			answers.sort((one, other) => one.status() - other.status());
		}
		expect(answers.map((answer) => answer.status())).toEqual([303, 409]);
		expect(leadsTo(answers[0]!)).toBe(`${form}/terkirim`);
		expect(await sentenceOf(answers[1]!)).toContain('sudah Bapak/Ibu kirim');
		const amril = await requestsOf(server, 'amril');
		expect(await textOf(amril, `/tinjau/${training.id}`)).toMatch(/1 dari \d+ peserta menjawab/);
	});
});

const firstChoices = (page: string) => {
	const choices = [...page.matchAll(/type="radio" name="([^"]+)" value="([^"]+)"/g)].reverse();
	return Object.fromEntries(choices.map(([, name = '', value = '']) => [name, value]));
};

test.describe('a name without end', () => {
	const join = async (length: number) => {
		const guest = await requestsOf(server, null);
		const form = { ...newcomer(`panjang${length}`, 'P'.repeat(length)), library: 'Melati' };
		return send(guest, `${server}/gabung/${training.code}?/newcomer`, form);
	};

	test('comes back with its field marked, and all others as they were', async () => {
		const answer = await join(100_000);
		expect(answer.status()).toBe(400);
		expect(await sentenceOf(answer)).toContain('Ada isian yang belum tepat');
		const page = await answer.text();
		expect(page).toContain('value="Melati"');
		expect(page).toMatch(/<input[^>]*aria-invalid="true"[^>]*/);
		expect(page).not.toContain(NEW_PASSWORD);
	});

	test('is not read at all from 1 MB on, and the answer says so', async () => {
		const answer = await join(1_000_000);
		expect(answer.status()).toBe(413);
		const sentence = await sentenceOf(answer);
		expect(sentence).toMatch(/terlalu besar|terlalu panjang/);
	});
});

test('a cookie that nobody can read is no error', async () => {
	for (const cookie of ['sesi=%E0%A4%A; perangkat=%', '=;;=%%', `x=${'y'.repeat(6_000)}`]) {
		for (const path of ['/masuk', '/beranda']) {
			const answer = await fetch(`${server}${path}`, { headers: { cookie }, redirect: 'manual' });
			expect([200, 303], `${path} with ${cookie.slice(0, 20)}`).toContain(answer.status);
		}
	}
});

test('a form that another site has sent is refused', async () => {
	const dodi = await requestsOf(server, 'dodi');
	const { cookies } = await dodi.storageState();
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	for (const headers of [
		{ origin: 'https://jahat.example' },
		{ origin: 'null' },
		{},
		{ origin: server, 'sec-fetch-site': 'cross-site' }
	]) {
		for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
			const answer = await fetch(`${server}/keluar`, {
				method: 'POST',
				headers: { ...headers, cookie, 'content-type': type } as Record<string, string>,
				body: '',
				redirect: 'manual'
			});
			expect(answer.status, JSON.stringify(headers)).toBe(403);
		}
	}
	expect((await dodi.get('/akun', { maxRedirects: 0 })).status()).toBe(200);
});

test('codes that never were, have run out or were taken back read the same', async () => {
	const over = await makeTraining(server, 'Bimtek tanpa kode');
	const nurhayati = await requestsOf(server, 'nurhayati');
	await send(nurhayati, `${server}/pelatihan/${over.id}/pintu?/revoke`);
	const guest = await requestsOf(server, null);
	const sentences = new Set<string>();
	for (const kode of [over.code, '2222-2222', 'bukan kode', '<script>']) {
		const typed = await send(guest, `${server}/gabung`, { kode });
		expect(typed.status(), kode).toBe(404);
		sentences.add(await sentenceOf(typed));
		const visited = await guest.get(`/gabung/${encodeURIComponent(kode)}`);
		expect(visited.url()).toContain('/gabung?coba=');
		sentences.add(await sentenceOf(visited));
	}
	expect([...sentences]).toEqual([
		expect.stringContaining('Kode belum tepat atau sudah tidak berlaku')
	]);
});

test('a plan of another province looks like one that is not there', async () => {
	const kepala = await requestsOf(server, 'kepala');
	const made = await send(kepala, `${server}/kelola?/create`, {
		name: 'Rosita',
		username: 'rosita',
		role: 'officer',
		region: '16',
		confirm_password: PASSWORD
	});
	const code = /class="code[^>]*>([^<]+)</.exec(await made.text())?.[1] ?? '';
	const nowhere = await send(kepala, `${server}/kelola?/create`, {
		name: 'Rosita',
		username: 'rosita.lagi',
		role: 'officer',
		region: '',
		confirm_password: PASSWORD
	});
	expect(nowhere.status(), 'an officer of nowhere in particular').toBe(400);
	const rosita = await requestsOf(server, null);
	const reset = { username: 'rosita', code, password: NEW_PASSWORD };
	expect((await send(rosita, `${server}/atur-ulang`, reset)).status()).toBe(303);

	const amril = await requestsOf(server, 'amril');
	const [plan = ''] = hrefsIn(await textOf(amril, '/rencana'), /^\/rencana\/\w+$/);
	const nothing = `/rencana/${'a'.repeat(26)}`;
	expect((await amril.get(plan)).status()).toBe(200);
	for (const page of ['', '/cetak', '/ajukan']) {
		const [there, notThere] = [await rosita.get(plan + page), await rosita.get(nothing + page)];
		expect([there.status(), notThere.status()]).toEqual([404, 404]);
		expect((await there.text()).replaceAll(plan, '')).toBe(
			(await notThere.text()).replaceAll(nothing, '')
		);
	}
});

test('a field that no form has is refused', async () => {
	const dodi = await requestsOf(server, 'dodi');
	const nurhayati = await requestsOf(server, 'nurhayati');
	const kepala = await requestsOf(server, 'kepala');
	const sent: [APIRequestContext, string, Record<string, string>][] = [
		[await requestsOf(server, null), '/masuk', { username: 'dodi', password: PASSWORD, next: '' }],
		[dodi, '/belajar/konsep-transformasi/apa-itu-inklusi-sosial?/selesai', {}],
		[dodi, '/akun?/agree', { purpose: 'contact' }],
		[dodi, `/gabung/${training.code}?/again`, { village: '15.04.04.2014' }],
		[nurhayati, `/pelatihan/${training.id}/pintu?/open`, {}],
		[nurhayati, `/pelatihan/${training.id}/peserta?/approve_all`, {}],
		[
			kepala,
			'/kelola?/create',
			{ name: 'A', username: 'abc', role: 'officer', region: '15', confirm_password: PASSWORD }
		]
	];
	for (const [who, path, form] of sent) {
		const answer = await send(who, `${server}${path}`, { ...form, peran: 'admin' });
		expect(answer.status(), path).toBe(400);
	}
});
