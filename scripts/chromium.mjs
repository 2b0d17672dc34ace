/** A Chromium for the browser journeys: the machine's own, or the one npm brought. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const CACHE = join(root, 'node_modules/.cache');
const UNPACKED = join(CACHE, 'chromium');
const CURE =
	'No Chromium to test with. Install one ("apt install chromium", or "npx playwright install chromium") ' +
	'and set CHROMIUM_PATH to its path.';

/**
 * Where it is and what it needs in its environment. Takes about 3 s the first time, when the one of
 * npm is unpacked. Throws with the cure when there is none.
 *
 * @returns {Promise<{ path: string, env: Record<string, string> }>}
 */
export async function findChromium() {
	const own = process.env.CHROMIUM_PATH;
	if (own && !existsSync(own)) throw new Error(`CHROMIUM_PATH: there is no ${own}. ${CURE}`);
	const system = own ?? SYSTEM.find((path) => existsSync(path));
	if (system) return { path: system, env: {} };
	if (process.platform !== 'linux' || process.arch !== 'x64') return ofPlaywright();
	if (!existsSync(UNPACKED)) await unpack();
	// It brings the libraries and fonts that a bare machine lacks.
	const env = {
		LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'),
		FONTCONFIG_FILE: fontsOf(UNPACKED)
	};
	return { path: join(UNPACKED, 'chromium'), env };
}

/**
 * The list of fonts it brings names folders of the place it was made for. A Chromium that finds no
 * font at all crashes at the first letter it has to replace.
 *
 * @param {string} folder
 */
function fontsOf(folder) {
	const file = join(folder, 'fonts.conf');
	// Its own fonts alone: pages look the same on every machine.
	const dir = `<dir>${asXml(join(folder, 'fonts/fonts'))}</dir>`;
	const cache = `<cachedir>${asXml(join(folder, 'fonts-cache'))}</cachedir>`;
	writeFileSync(
		file,
		`<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${dir}${cache}</fontconfig>\n`
	);
	return file;
}

/** @param {string} text */
const asXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function ofPlaywright() {
	const { chromium } = await import('@playwright/test');
	const path = chromium.executablePath();
	if (!existsSync(path)) throw new Error(CURE);
	return { path, env: {} };
}

/** Into a folder of its own first: what is unpacked by halves must not pass for a browser. */
async function unpack() {
	mkdirSync(CACHE, { recursive: true });
	const folder = mkdtempSync(join(CACHE, 'chromium-'));
	const before = process.env.TMPDIR;
	process.env.TMPDIR = folder; // the package unpacks into the temporary folder, and reads it on import
	try {
		const { default: chromium, inflate } = await import('@sparticuz/chromium');
		await inflate(join(root, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
		await chromium.executablePath();
		renameSync(folder, UNPACKED);
	} catch (thrown) {
		rmSync(folder, { recursive: true, force: true });
		if (!existsSync(UNPACKED)) throw thrown; // otherwise another run was first
	} finally {
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	}
}
