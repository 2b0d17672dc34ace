/** Every page of the portal, with somebody of the demo who has business there. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { addSession, makeTraining } from './training.ts';
import { leadsTo, requestsOf, send, type DemoPerson } from './people.ts';

export interface Visit {
	/** As SvelteKit names it: '/rencana/[id]'. */
	readonly route: string;
	readonly person: DemoPerson | null;
	/** Without the language. */
	readonly path: string;
	/** Tells visits of one person to one route apart. */
	readonly as?: string;
	readonly status?: number;
}

const routesFolder = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** The routes that are there, by the name of the file that makes them one. */
export function routesWith(file: '+page.svelte' | '+server.ts'): string[] {
	return readdirSync(routesFolder, { recursive: true })
		.map(String)
		.filter((path) => path === file || path.endsWith(`/${file}`))
		.map((path) => `/${path.slice(0, -file.length - 1)}`)
		.sort();
}

export const hrefsIn = (html: string, pattern: RegExp): string[] => [
	...new Set(
		[...html.matchAll(/href="([^"]+)"/g)].flatMap(([, href = '']) => href.match(pattern) ?? [])
	)
];

/** Needs the demo: ids are read from the pages, as a person would find them. */
export async function visits(server: string): Promise<Visit[]> {
	const sari = await requestsOf(server, 'sari');
	const nurhayati = await requestsOf(server, 'nurhayati');
	try {
		const lesson = await first(sari, '/belajar', /^\/belajar\/[\w-]+\/[\w-]+$/);
		const plans = hrefsIn(await textOf(sari, '/rencana'), /^\/rencana\/\w+$/);
		const handedIn = await planThat(sari, plans, 'Isinya terkunci.');
		const training = await first(sari, '/beranda', /^\/pelatihan\/\w+$/);
		const trainings = hrefsIn(await textOf(nurhayati, '/pelatihan'), /^\/pelatihan\/\w{20,}$/);
		const coming = trainings.find((path) => path !== training) ?? '';
		await send(nurhayati, `${server}${coming}/pintu?/renew`);
		const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await textOf(nurhayati, `${coming}/pintu`))?.[0];
		const tests = await openTestFor(server, 'yusuf');
		const sessions = `${training}/kehadiran`;
		const sessionPattern = /^\/pelatihan\/\w+\/kehadiran\/\w+$/;
		const module = lesson.slice(0, lesson.lastIndexOf('/'));
		const found = {
			lesson,
			module,
			result: await takeQuiz(sari, server, `${module}/kuis`),
			tool: await first(sari, '/belajar/alat', /^\/belajar\/alat\/[\w-]+$/),
			draft: plans.find((plan) => plan !== handedIn) ?? '',
			handedIn,
			training,
			coming,
			tests,
			session: await first(nurhayati, sessions, sessionPattern),
			openSession: await addSession(server, tests.replace('/tes', '')),
			certificate: await first(sari, `${training}/sertifikat`, /^.*\/sertifikat\/\w+$/),
			door: `/gabung/${code?.replace('-', '')}`,
			feedback: training.replace('/pelatihan/', '/umpan-balik/'),
			review: training.replace('/pelatihan/', '/tinjau/')
		};
		return [...ofGuests(found), ...ofParticipants(found), ...ofStaff(found), ...ofHours(found)];
	} finally {
		await sari.dispose();
		await nurhayati.dispose();
	}
}

interface Found {
	readonly lesson: string;
	readonly module: string;
	readonly result: string;
	readonly tool: string;
	readonly draft: string;
	readonly handedIn: string;
	readonly training: string;
	readonly coming: string;
	/** Of a training whose pre-test is open and has been begun by yusuf. */
	readonly tests: string;
	/** Of the past training, and one of today that is taking attendance. */
	readonly session: string;
	readonly openSession: string;
	/** Of sari. */
	readonly certificate: string;
	readonly door: string;
	readonly feedback: string;
	readonly review: string;
}

const guest = { person: null };

const ofGuests = ({ door, certificate }: Found): Visit[] => [
	{ ...guest, route: '/', path: '/' },
	{ ...guest, route: '/masuk', path: '/masuk' },
	{ ...guest, route: '/atur-ulang', path: '/atur-ulang' },
	{ ...guest, route: '/gabung', path: '/gabung' },
	{ ...guest, route: '/gabung/[kode]', path: door },
	{ ...guest, route: '/privasi', path: '/privasi' },
	{ ...guest, route: '/sertifikat', path: '/sertifikat' },
	{ ...guest, route: '/sertifikat/[kode]', path: certificate.replace(/^.*(?=\/sertifikat)/, '') },
	{ ...guest, route: 'no such page', path: '/tidak-ada', status: 404 }
];

const sari = { person: 'sari' } as const;
const yusuf = { person: 'yusuf' } as const;

const ofParticipants = (at: Found): Visit[] => [
	{ ...sari, route: '/beranda', path: '/beranda' },
	{ ...sari, route: '/belajar', path: '/belajar' },
	{ ...sari, route: '/belajar/cari', path: '/belajar/cari?q=melatih+warga', as: 'hits' },
	{ ...sari, route: '/belajar/cari', path: '/belajar/cari?q=kapal+selam', as: 'no hits' },
	{ ...sari, route: '/belajar/catatan', path: '/belajar/catatan' },
	{ person: 'dodi', route: '/belajar/catatan', path: '/belajar/catatan', as: 'empty' },
	{ ...sari, route: '/belajar/istilah', path: '/belajar/istilah' },
	{ ...sari, route: '/belajar/alat', path: '/belajar/alat' },
	{ ...sari, route: '/belajar/alat/[alat]', path: at.tool },
	{ ...sari, route: '/belajar/alat/[alat]', path: `${at.tool}?lembar=isi`, as: 'sheet' },
	{ ...sari, route: '/belajar/[modul]/cetak', path: `${at.module}/cetak` },
	{ ...sari, route: '/belajar/[modul]', path: at.module },
	{ ...sari, route: '/belajar/[modul]/[pelajaran]', path: at.lesson },
	{ ...sari, route: '/belajar/[modul]/[pelajaran]', path: `/paket${at.lesson}`, as: 'kept' },
	{ ...sari, route: '/belajar/simpan', path: '/belajar/simpan' },
	{ ...sari, route: '/belajar/kiriman', path: '/belajar/kiriman' },
	{ ...sari, route: '/belajar/[modul]/kuis', path: `${at.module}/kuis` },
	{ ...sari, route: '/belajar/[modul]/kuis', path: at.result, as: 'result' },
	{ ...sari, route: '/rencana', path: '/rencana' },
	{ ...sari, route: '/rencana/[id]', path: at.draft, as: 'draft' },
	{ ...sari, route: '/rencana/[id]', path: at.handedIn, as: 'handed in' },
	{ ...sari, route: '/rencana/[id]/ajukan', path: `${at.draft}/ajukan` },
	{ ...sari, route: '/rencana/[id]/cetak', path: `${at.handedIn}/cetak` },
	{ ...sari, route: '/umpan-balik', path: '/umpan-balik' },
	{ ...sari, route: '/umpan-balik/[pelatihan]', path: at.feedback },
	{
		...sari,
		route: '/umpan-balik/[pelatihan]',
		path: `${at.feedback}?bagian=1&periksa=1`,
		as: 'complaints'
	},
	{
		...sari,
		route: '/umpan-balik/[pelatihan]',
		path: `${at.feedback}?bagian=2`,
		as: 'second part'
	},
	{
		person: 'dodi',
		route: '/umpan-balik/[pelatihan]/terkirim',
		path: `${at.feedback}/terkirim`
	},
	{ ...sari, route: '/akun', path: '/akun' },
	{ ...sari, route: '/keluar', path: '/keluar' },
	{ ...sari, route: '/pelatihan/[id]', path: at.training },
	{ ...sari, route: '/pelatihan/[id]/tes', path: `${at.training}/tes` },
	{ ...sari, route: '/pelatihan/[id]/tes/[tes]', path: `${at.training}/tes/akhir`, as: 'result' },
	{ ...yusuf, route: '/pelatihan/[id]/tes', path: at.tests, as: 'open' },
	{ ...yusuf, route: '/pelatihan/[id]/tes/[tes]', path: `${at.tests}/awal?bagian=1` },
	{ ...yusuf, route: '/pelatihan/[id]/tes/[tes]', path: `${at.tests}/awal?bagian=2`, as: 'second' },
	{
		...yusuf,
		route: '/pelatihan/[id]/tes/[tes]',
		path: `${at.tests}/awal?bagian=periksa`,
		as: 'check'
	},
	{
		...yusuf,
		route: '/pelatihan/[id]/tes/[tes]',
		path: `${at.tests}/awal?bagian=semua`,
		as: 'all'
	},
	{ ...yusuf, route: '/pelatihan/[id]/tes/[tes]', path: `${at.tests}/akhir`, as: 'not open' },
	{ ...sari, route: '/hadir', path: '/hadir' },
	{ ...yusuf, route: '/hadir', path: '/hadir?kode=ABC234', as: 'scanned' },
	{ ...sari, route: '/pelatihan/[id]/kehadiran', path: `${at.training}/kehadiran` },
	{ ...sari, route: '/pelatihan/[id]/sertifikat', path: `${at.training}/sertifikat` },
	{ person: 'dodi', route: '/pelatihan/[id]/sertifikat', path: `${at.training}/sertifikat` },
	{ ...yusuf, route: '/pelatihan/[id]/sertifikat', path: `${at.training}/sertifikat` },
	{ ...sari, route: '/pelatihan/[id]/ingat-lagi', path: `${at.training}/ingat-lagi` },
	{ person: 'dodi', route: '/pelatihan/[id]/ingat-lagi', path: `${at.training}/ingat-lagi` },
	{ ...sari, route: '/gabung/[kode]', path: at.door },
	{ person: 'fitri', route: '/gabung/menunggu', path: '/gabung/menunggu' }
];

const nurhayati = { person: 'nurhayati' } as const;
const amril = { person: 'amril' } as const;
const bambang = { person: 'bambang' } as const;

const ofStaff = ({ training, coming, tests, handedIn, review, module }: Found): Visit[] => [
	{ ...nurhayati, route: '/belajar/[modul]', path: module, as: 'staff' },
	{ ...nurhayati, route: '/belajar/[modul]/ekspor', path: `${module}/ekspor` },
	{ ...nurhayati, route: '/beranda', path: '/beranda' },
	{ ...nurhayati, route: '/pelatihan/[id]', path: training },
	{ ...nurhayati, route: '/pelatihan/[id]/peserta', path: `${training}/peserta` },
	{ ...nurhayati, route: '/pelatihan/[id]/peserta', path: `${coming}/peserta`, as: 'waiting' },
	{ ...nurhayati, route: '/pelatihan/[id]/kesiapan', path: `${training}/kesiapan` },
	{ ...nurhayati, route: '/pelatihan/[id]/kesiapan', path: `${coming}/kesiapan`, as: 'nobody' },
	{ ...nurhayati, route: '/pelatihan/[id]/pintu', path: `${training}/pintu`, as: 'no code' },
	{ ...nurhayati, route: '/pelatihan/[id]/pintu', path: `${coming}/pintu` },
	{ ...nurhayati, route: '/pelatihan/[id]/tes', path: `${training}/tes` },
	{ ...nurhayati, route: '/pelatihan/[id]/tes', path: tests, as: 'open' },
	{ ...nurhayati, route: '/pelatihan/[id]/tes/unduh', path: `${training}/tes/unduh` },
	{ ...nurhayati, route: '/rencana/[id]', path: handedIn },
	{ ...amril, route: '/beranda', path: '/beranda' },
	{ ...amril, route: '/pelatihan', path: '/pelatihan' },
	{ ...amril, route: '/pelatihan/baru', path: '/pelatihan/baru' },
	{ ...amril, route: '/pelatihan/[id]', path: training },
	{ ...amril, route: '/pelatihan/[id]/kelompok', path: `${training}/kelompok` },
	{ ...amril, route: '/pelatihan/[id]/agenda', path: `${training}/agenda` },
	{ ...amril, route: '/pelatihan/[id]/ubah', path: `${training}/ubah` },
	{ ...bambang, route: '/beranda', path: '/beranda' },
	{ ...bambang, route: '/rencana', path: '/rencana?status=diajukan', as: 'following' },
	{ ...bambang, route: '/tinjau', path: '/tinjau' },
	{ ...bambang, route: '/tinjau/[pelatihan]', path: review },
	{ ...bambang, route: '/tinjau/soal', path: '/tinjau/soal' },
	{ ...bambang, route: '/tinjau/bank-soal', path: '/tinjau/bank-soal' },
	{ ...bambang, route: '/tinjau/bank-soal/impor', path: '/tinjau/bank-soal/impor' },
	{ ...bambang, route: '/pelatihan/[id]/tes', path: `${training}/tes` },
	{ person: 'maria', route: '/beranda', path: '/beranda' },
	{ person: 'kepala', route: '/kelola', path: '/kelola' }
];

const ofHours = ({ training, session, openSession, certificate }: Found): Visit[] => [
	{ ...nurhayati, route: '/pelatihan/[id]/kehadiran', path: `${training}/kehadiran` },
	{ ...nurhayati, route: '/pelatihan/[id]/kehadiran/[sesi]', path: session },
	{ ...nurhayati, route: '/pelatihan/[id]/kehadiran/[sesi]', path: openSession, as: 'open' },
	{
		...nurhayati,
		route: '/pelatihan/[id]/kehadiran/[sesi]/layar',
		path: `${openSession}/layar`
	},
	{ ...amril, route: '/pelatihan/[id]/sertifikat', path: `${training}/sertifikat` },
	{ ...amril, route: '/pelatihan/[id]/sertifikat/[kode]', path: certificate }
];

const textOf = async (who: APIRequestContext, path: string) => (await who.get(path)).text();

async function first(who: APIRequestContext, page: string, pattern: RegExp): Promise<string> {
	const [found] = hrefsIn(await textOf(who, page), pattern);
	if (!found) throw new Error(`${page} leads to no ${pattern}`);
	return found;
}

async function planThat(
	who: APIRequestContext,
	plans: readonly string[],
	says: string
): Promise<string> {
	for (const plan of plans) if ((await textOf(who, plan)).includes(says)) return plan;
	throw new Error(`no plan says: ${says}`);
}

/** A training of today whose pre-test is open; this person has come in and begun it. */
async function openTestFor(server: string, username: DemoPerson): Promise<string> {
	const { id, code } = await makeTraining(server, 'Bimtek dengan tes awal');
	const nurhayati = await requestsOf(server, 'nurhayati');
	await send(nurhayati, `${server}/pelatihan/${id}/tes?/buka_awal`);
	await nurhayati.dispose();
	const person = await requestsOf(server, username);
	const home = { village: '15.08.11.2007', region: '', village_name: '', library: 'Sumber Baca' };
	await send(person, `${server}/gabung/${code}?/again`, home);
	await send(person, `${server}/pelatihan/${id}/tes/awal?/mulai`);
	await person.dispose();
	return `/pelatihan/${id}/tes`;
}

/** Hands in the first choice everywhere, and returns where the result stands. */
async function takeQuiz(who: APIRequestContext, server: string, quiz: string): Promise<string> {
	return leadsTo(await send(who, `${server}${quiz}`, quizAnswers(await textOf(who, quiz))));
}

/** The questions of the page that is open, once all of it has come and not only its beginning. */
export async function questionsOn(page: Page): Promise<Locator[]> {
	await page.waitForLoadState('domcontentloaded');
	const questions = await page.getByRole('group').all();
	if (questions.length === 0) throw new Error(`${page.url()} asks nothing`);
	return questions;
}

/** What the form of a quiz sends when the first choice is taken everywhere. */
export function quizAnswers(html: string): Record<string, string> {
	const sheet = /name="lembar" value="(\w+)"/.exec(html)?.[1] ?? '';
	const choices = [...html.matchAll(/type="radio" name="([^"]+)" value="([^"]+)"/g)].reverse();
	return {
		...Object.fromEntries(choices.map(([, name = '', value = '']) => [name, value])),
		lembar: sheet
	};
}
