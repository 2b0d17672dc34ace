/** `npm run dev`: the portal with the demo, sockets and hot reload. Arguments go to Vite. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, root, runtime } from './bootstrap.mjs';
import { whyNotStore } from './data-folder.mjs';
import { giveUp } from './give-up.mjs';

process.env.REMBUK_DEMO ??= '1';
process.env.COOKIE_SECURE ??= 'false';

const obstacle = whyNotStore();
if (obstacle) giveUp(1, obstacle);

install('develop');
await runtime(import.meta.url);
process.chdir(root);

const { compileMessages } = await import('./build.mjs');
const { ok, output } = compileMessages();
if (!ok) giveUp(1, [output, 'messages/ tidak dapat dibaca. / could not be read.']);

process.argv.splice(2, 0, 'dev');
await import(pathToFileURL(join(root, 'node_modules/vite/bin/vite.js')).href);
