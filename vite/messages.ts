/**
 * The texts of messages/. They become code in src/lib/paraglide before Vite runs (scripts/build.mjs),
 * in a process of their own: the compiler keeps timers that would hold a build for half a minute.
 *
 * A build fails on a mistake in them (vite/message-files.ts). In `dev` they are compiled again
 * whenever one changes.
 */
import { spawn } from 'node:child_process';
import type { Plugin } from 'vite';
import { compileMessagesWith } from '../scripts/message-compiler.mjs';
import { messageMistakes } from './message-files.ts';

const FOLDER = 'messages';

export function messages(): Plugin[] {
	return [
		{
			name: 'rembuk-messages-build',
			apply: 'build',
			buildStart() {
				const mistakes = messageMistakes(FOLDER);
				if (mistakes.length > 0) this.error(`mistakes in ${FOLDER}/:\n${mistakes.join('\n')}`);
			}
		},
		{
			name: 'rembuk-messages-dev',
			apply: (_config, { command }) => command === 'serve' && !process.env.VITEST,
			configureServer: (server) => {
				const compiler = compileOnChange();
				server.httpServer?.once('close', () => compiler.kill());
				process.once('exit', () => compiler.kill());
				for (const mistake of messageMistakes(FOLDER)) server.config.logger.warn(mistake);
			}
		}
	];
}

function compileOnChange() {
	const args = [...compileMessagesWith, '--watch', '--silent'];
	return spawn(process.execPath, args, { stdio: 'inherit' });
}
