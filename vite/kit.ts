import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import config from '../svelte.config.js';

/** Kit's plugin that finds the root and then refuses a svelte.config.js. An internal name. */
export const GUARD = 'vite-plugin-sveltekit-resolve-root';

/** The part of that plugin we lean on. */
interface Guard {
	config?: { handler(this: unknown, ...args: unknown[]): unknown };
}

/**
 * SvelteKit with the options of svelte.config.js.
 *
 * Kit 3 takes its options from the Vite plugin and refuses to start while that file exists. We keep
 * the file as the one place for the options, hand them over here and lift the refusal. This leans on
 * an internal plugin name: Kit is pinned exactly, and tests/config.pure.test.ts fails when the name
 * changes.
 */
export async function kit(): Promise<Plugin[]> {
	const plugins = await sveltekit(config);
	const guard = plugins.find((plugin) => plugin.name === GUARD) as Guard | undefined;
	const hook = guard?.config;
	if (!hook) throw new Error('SvelteKit changed its plugins: see kit() in vite/kit.ts');
	const refuse = hook.handler; // sets Kit's root first, then refuses the file
	hook.handler = function (...args) {
		try {
			return refuse.apply(this, args);
		} catch (thrown) {
			if (!(thrown instanceof Error && thrown.message.includes('svelte.config.js'))) throw thrown;
		}
	};
	return plugins;
}
