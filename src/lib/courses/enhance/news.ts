/**
 * What is new, said quietly and taken only on wish: a newer version of the program that waits, and
 * newer text for a saved module. Asked at most once an hour.
 */
import { m } from '#lib/paraglide/messages.js';
import { pathIn } from './addresses.ts';
import { canKeepPacks, savedPacks } from '../offline/pack-store.ts';
import { TAKE_OVER } from '../offline/take-over.ts';
import type { CoursePage } from './enhancer.ts';
import { recall, remember } from './remembered.ts';

export async function tellNews(page: CoursePage): Promise<void> {
	if (!canKeepPacks()) return;
	const registration = await navigator.serviceWorker.getRegistration();
	if (!registration) return;
	tellOfNewVersion(page, registration);
	await tellOfNewEdition(page);
}

function tellOfNewVersion(page: CoursePage, registration: ServiceWorkerRegistration): void {
	let told = false;
	const look = () => {
		// Without one that serves this page already, the new one is the first: nobody waits.
		if (told || !registration.waiting || !navigator.serviceWorker.controller) return;
		told = true;
		const button = document.createElement('button');
		button.type = 'button';
		button.className = 'quiet';
		button.textContent = m.courses_new_version_use({}, { locale: page.locale });
		button.addEventListener('click', () => {
			navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
			registration.waiting?.postMessage(TAKE_OVER);
		});
		tell(page, m.courses_new_version({}, { locale: page.locale }), button);
	};
	registration.addEventListener('updatefound', () => {
		registration.installing?.addEventListener('statechange', look);
	});
	look();
}

/** Pack → edition, as the server names them. */
type Editions = Readonly<Record<string, string>>;

interface Known {
	readonly editions: Editions;
	/** By the clock of this phone, which only decides when to ask again. */
	readonly askedAt: number;
}

const NAME = 'edisi';
const HOUR_MS = 3_600_000;

async function tellOfNewEdition(page: CoursePage): Promise<void> {
	if (page.root.querySelector('[data-packs]')) return; // there each module says it itself
	const saved = (await savedPacks()).filter(({ language }) => language === page.locale);
	if (saved.length === 0) return;
	const editions = await newestEditions(page);
	const old = saved.some(({ name, edition }) => name in editions && editions[name] !== edition);
	if (!old) return;
	const link = document.createElement('a');
	link.href = pathIn(page.locale, '/belajar/simpan');
	link.textContent = m.courses_new_edition_see({}, { locale: page.locale });
	tell(page, m.courses_new_edition({}, { locale: page.locale }), link);
}

async function newestEditions(page: CoursePage): Promise<Editions> {
	const known = JSON.parse(recall(page.holder, NAME) ?? 'null') as Known | null;
	const age = known ? Math.abs(Date.now() - known.askedAt) : Infinity;
	if (!navigator.onLine || age < HOUR_MS) return known?.editions ?? {};
	const answer = await fetch('/belajar/simpan/edisi', { redirect: 'manual' }).catch(() => null);
	if (!answer?.ok) return known?.editions ?? {};
	const editions = (await answer.json()) as Editions;
	noteEditions(page, editions);
	return editions;
}

/** Whoever has just heard them from the server need not ask again. */
export function noteEditions({ holder }: CoursePage, editions: Editions): void {
	remember(holder, NAME, JSON.stringify({ editions, askedAt: Date.now() } satisfies Known));
}

function tell({ root }: CoursePage, text: string, act: HTMLElement): void {
	const notice = document.createElement('p');
	notice.className = 'notice no-print cluster';
	notice.setAttribute('role', 'status');
	notice.append(text, ' ', act);
	root.querySelector('main')?.prepend(notice);
}
