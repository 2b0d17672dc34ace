import adapter from '@sveltejs/adapter-node';

/**
 * The one place for SvelteKit's options. Kit 3 takes them from its Vite plugin: vite/kit.ts hands
 * them over.
 *
 * @type {import('@sveltejs/kit/vite').Config}
 */
export default {
	// scripts/build.mjs says where: beside the build that is being served.
	adapter: adapter({ precompress: true, out: process.env.BUILD_FOLDER ?? 'build/by-hand' }),
	compilerOptions: {
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	// Old phones refuse module workers, which is what Kit would register. The pages that want the
	// worker register it themselves, as a classic one.
	serviceWorker: { register: false },
	csp: {
		// Hashes, not nonces: a page that has not changed is then the same bytes, and costs none.
		mode: 'hash',
		directives: {
			'default-src': ['none'],
			'script-src': ['self'],
			'style-src': ['self'],
			// Kit's own page announcer, nothing else.
			'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
			'img-src': ['self', 'blob:', 'data:'],
			'connect-src': ['self'],
			'manifest-src': ['self'],
			'worker-src': ['self'],
			'object-src': ['none'],
			'base-uri': ['none'],
			'form-action': ['self'],
			'frame-ancestors': ['none'],
			'report-uri': ['/csp-laporan']
		}
	}
};
