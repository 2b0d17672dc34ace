/**
 * What an honest pair notices while somebody attacks the same document: the time from a letter on
 * one phone to the same letter on the other, and to "saved", beside a quiet spell in the same run.
 *
 *     npm run bench -- attacks [seconds per attack]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const about = 'an honest pair beside every attack on the sync server: p50, p99';

/** How often the attacker comes back after it was thrown out, and how often the pair types. */
const ATTACK_EVERY_MS = 20;
const TYPE_EVERY_MS = 15;

/** @param {string[]} args */
export async function bench([seconds = '3']) {
	const { attacks, seedForAttacks } = await import('../../src/collab/server/attacks.ts');
	const { isSaved, openPhone, openRaw, until } = await import('../../src/collab/server/harness.ts');
	const { openApp } = await import('../../src/lib/platform/server/app.ts');
	const folder = mkdtempSync(join(tmpdir(), 'rembuk-bench-'));
	const databaseUrl = `file:${folder}/rembuk.db`;
	const app = await openApp({ databaseUrl, log: () => {} });
	const seed = { id: 'plan-1', kind: 'plan', schemaNumber: 1, update: seedForAttacks() };
	await app.db.write((tx) => app.documents.create(tx, seed));
	await app.close();
	const child = fork('src/collab/server/kill.child.ts', [databaseUrl], { execArgv: [] });
	/** @type {string} */
	const url = await new Promise((resolve) =>
		child.once('message', (said) => resolve(String(said)))
	);
	const [sri, wati] = [openPhone(url, 'sri'), openPhone(url, 'wati')];
	try {
		await until(() => isSaved(sri) && isSaved(wati));
		/** @type {Record<string, Spell>} */
		const spells = {};
		const lasting = Number(seconds) * 1000;
		spells['nobody attacks'] = await spell(lasting, async () => pause(ATTACK_EVERY_MS));
		for (const { rule, what, send } of attacks) {
			spells[`${rule} ${what}`] = await spell(lasting, async () => {
				const attacker = await openRaw(url, 'budi');
				send(attacker);
				await attacker.closed;
				await pause(ATTACK_EVERY_MS);
			});
		}
		const figures = Object.fromEntries(
			Object.entries(spells).map(([name, found]) => [name, summed(found)])
		);
		console.table(figures);
		return figures;
	} finally {
		for (const { connection } of [sri, wati]) connection.destroy();
		child.kill('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	}

	/**
	 * @param {number} lastingMs
	 * @param {() => Promise<void>} attempt
	 * @returns {Promise<Spell>}
	 */
	async function spell(lastingMs, attempt) {
		const until = performance.now() + lastingMs;
		const found = { attempts: 0, arrived: [], saved: [] };
		await Promise.all([attacking(until, attempt, found), typing(until, found)]);
		return found;
	}

	/**
	 * @param {number} end
	 * @param {() => Promise<void>} attempt
	 * @param {Spell} found
	 */
	async function attacking(end, attempt, found) {
		for (; performance.now() < end; found.attempts++) await attempt();
	}

	/**
	 * @param {number} end
	 * @param {Spell} found
	 */
	async function typing(end, found) {
		while (performance.now() < end) {
			const length = sri.text.length + 1;
			const started = performance.now();
			sri.text.insert(length - 1, 'a');
			await until(() => wati.text.length === length);
			found.arrived.push(performance.now() - started);
			await until(() => isSaved(sri));
			found.saved.push(performance.now() - started);
			await pause(TYPE_EVERY_MS);
		}
	}
}

/**
 * @typedef {{ attempts: number, arrived: number[], saved: number[] }} Spell
 */

/** An honest edit must be saved within half a second, whoever else is there. */
const LONGEST_P99_MS = 500;

/** @param {Spell} spell */
function summed({ attempts, arrived, saved }) {
	const savedP99Ms = at(saved, 0.99);
	return {
		attempts,
		letters: arrived.length,
		arrivedP50Ms: at(arrived, 0.5),
		arrivedP99Ms: at(arrived, 0.99),
		savedP99Ms,
		held: savedP99Ms < LONGEST_P99_MS
	};
}

/**
 * @param {number[]} times
 * @param {number} share
 */
function at(times, share) {
	const sorted = times.toSorted((one, other) => one - other);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
	return Math.round(value * 10) / 10;
}
