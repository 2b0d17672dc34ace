/**
 * The least a SvelteKit page can be, on our adapter: what our pages are measured against. Built by
 * `npm run bench -- pages` into the folder it names.
 */
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	root: import.meta.dirname,
	plugins: [sveltekit({ adapter: adapter({ out: process.env.BUILD_FOLDER }) })],
	ssr: { noExternal: [/^@sveltejs\/kit/] }
});
