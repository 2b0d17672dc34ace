/**
 * The texts of messages/ as code in src/lib/paraglide.
 *
 * They are compiled in a process of their own, before Vite needs them: the compiler keeps timers
 * that would hold a build for half a minute. With a mistake in them (vite/message-files.ts) a build
 * fails, and `npm run dev` says so.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { messageMistakes } from './message-files.ts';

const FOLDER = 'messages';

const COMPILE = [
	'node_modules/@inlang/paraglide-js/bin/run.js',
	'compile',
	'--silent',
	'--project',
	'./project.inlang',
	'--outdir',
	'./src/lib/paraglide'
];

/** Compiles once. Throws with the compiler's own words when it fails. */
export function compileMessages(root: string): void {
	const run = spawnSync(process.execPath, COMPILE, { cwd: root, encoding: 'utf8' });
	if (run.status !== 0) throw new Error(`messages/ could not be compiled:\n${run.stdout}${run.stderr}`);
}

/** One sentence per mistake in messages/. */
export const mistakesInMessages = (root: string): string[] => messageMistakes(join(root, FOLDER));

export function messages(): Plugin[] {
	return [
		{
			name: 'rembuk-messages-build',
			apply: 'build',
			buildStart() {
				const mistakes = mistakesInMessages(process.cwd());
				if (mistakes.length > 0) this.error(`mistakes in ${FOLDER}/:\n${mistakes.join('\n')}`);
			}
		},
		{
			name: 'rembuk-messages-dev',
			apply: (_config, { command }) => command === 'serve' && !process.env.VITEST,
			configureServer(server) {
				const compiler = spawn(process.execPath, [...COMPILE, '--watch'], { stdio: 'inherit' });
				server.httpServer?.once('close', () => compiler.kill());
				process.once('exit', () => compiler.kill());
				const report = () => {
					for (const mistake of mistakesInMessages(process.cwd())) server.config.logger.warn(mistake);
				};
				server.watcher.add(FOLDER);
				server.watcher.on('change', (file) => {
					if (file.startsWith(join(process.cwd(), FOLDER))) report();
				});
				report();
			}
		}
	];
}
