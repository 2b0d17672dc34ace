/**
 * `npm start`: from a fresh clone to a portal that answers, in one command.
 *
 * Looks at the port and the data folder first, because they are quick to ask and sad to learn about
 * after a minute of waiting. Then installs, goes on with the bundled Node, builds where the sources
 * are newer, and serves. Without NODE_ENV=production (or --production) it shows the demo.
 */
import { whyNotListen } from './address.mjs';
import { install, root, runtime } from './bootstrap.mjs';
import { whyNotStore } from './data-folder.mjs';
import { giveUp } from './give-up.mjs';

const onlyChecks = process.argv.includes('--check-config');
if (process.argv.includes('--production')) process.env.NODE_ENV = 'production';
if (process.env.NODE_ENV !== 'production') {
	process.env.REMBUK_DEMO ??= '1';
	process.env.COOKIE_SECURE ??= 'false';
}

const obstacle = (await portObstacle()) ?? whyNotStore();
if (obstacle) giveUp(1, obstacle);

install('run');
await runtime(import.meta.url);
process.chdir(root);

const { build, isBuilt } = await import('./build.mjs');
if (!onlyChecks && !isBuilt()) {
	console.log('Menyiapkan halaman, sekitar setengah menit… / Building, about half a minute…');
	const { ok, output } = build();
	if (!ok) {
		process.stderr.write(output);
		giveUp(1, ['Halaman tidak dapat disiapkan; sebabnya di atas.', 'The build failed; see above.']);
	}
}
await import('./serve.mjs');

/** systemd or a proxy may hand over a socket; then there is no port to ask about. */
async function portObstacle() {
	const { SOCKET_PATH, LISTEN_FDS } = process.env;
	return SOCKET_PATH || LISTEN_FDS || onlyChecks ? null : whyNotListen();
}
