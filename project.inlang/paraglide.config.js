/** `/` is Indonesian, `/en` is English: the address alone decides, no cookie and no guessing. */
export default {
	outdir: './src/lib/paraglide',
	strategy: ['url', 'baseLocale'],
	emitReadme: false,
	emitGitIgnore: false,
	emitPrettierIgnore: false
};
