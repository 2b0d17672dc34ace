/** A phone that is switched off and on again: a browser whose cookies, packs and answers stay on disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { PHONE } from './people.ts';

export interface OwnPhone {
	/** The page in front. Another one after each start. */
	readonly page: Page;
	readonly context: BrowserContext;
	/** The browser ends as a phone that is switched off ends it, and comes back with an empty page. */
	restart(): Promise<void>;
	/** Throws the phone away. */
	drop(): Promise<void>;
}

export async function ownPhone(server: string): Promise<OwnPhone> {
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-phone-'));
	let context = await start(folder, server);
	let page = await front(context);
	return {
		get page() {
			return page;
		},
		get context() {
			return context;
		},
		async restart() {
			await context.close();
			context = await start(folder, server);
			page = await front(context);
		},
		async drop() {
			await context.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

async function start(folder: string, server: string): Promise<BrowserContext> {
	const { path, env } = await findChromium();
	return chromium.launchPersistentContext(folder, {
		baseURL: server,
		executablePath: path,
		env: { ...(process.env as Record<string, string>), ...env },
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
		viewport: PHONE,
		locale: 'id-ID',
		timezoneId: 'Asia/Jakarta'
	});
}

const front = async (context: BrowserContext) => context.pages()[0] ?? (await context.newPage());

/** The page that saves modules has asked what they weigh. */
export async function packsAreWeighed(page: Page): Promise<void> {
	await page.locator('[data-pack-state="absent"]').first().waitFor();
}

/** Presses the button of a module, and waits as long as its many requests may take on a busy machine. */
export async function keepModule(card: Locator): Promise<void> {
	await card.getByRole('button', { name: 'Simpan di HP' }).click();
	await expect(card.getByRole('status')).toHaveText(
		/^Tersimpan di HP ini\. Dapat dibuka tanpa sinyal\./,
		{ timeout: 90_000 }
	);
}

/** The page that lists what waits has looked at the phone. */
export async function queueIsListed(page: Page): Promise<void> {
	await page.locator('[data-queue-sum]:not(:empty)').waitFor();
}

/** What the phone remembers beside its queue, under keys that begin so; of every person who used it. */
export function keptAbout(page: Page, prefix: string): Promise<{ key: string; value: unknown }[]> {
	return page.evaluate(async (begins) => {
		const answered = <T>(asked: IDBRequest<T>) =>
			new Promise<T>((resolve) => (asked.onsuccess = () => resolve(asked.result)));
		const found: { key: string; value: unknown }[] = [];
		for (const { name = '' } of await indexedDB.databases()) {
			if (!name.endsWith(':kiriman')) continue;
			const database = await answered(indexedDB.open(name));
			const about = database.transaction('about').objectStore('about');
			const [keys, values] = await Promise.all([
				answered(about.getAllKeys()),
				answered(about.getAll())
			]);
			for (const [n, key] of keys.map(String).entries()) {
				if (key.startsWith(begins)) found.push({ key, value: values[n] });
			}
			database.close();
		}
		return found;
	}, prefix);
}
