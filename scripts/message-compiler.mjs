/**
 * How the texts of messages/ become code in src/lib/paraglide: arguments for Node, from the root.
 *
 * `/` is Indonesian, `/en` is English: the address alone decides, no cookie and no guessing.
 */
export const compileMessagesWith = [
	'node_modules/@inlang/paraglide-js/bin/run.js',
	'compile',
	...['--project', './project.inlang'],
	...['--outdir', './src/lib/paraglide'],
	...['--strategy', 'url', 'baseLocale'],
	'--no-emit-readme',
	'--no-emit-git-ignore',
	'--no-emit-prettier-ignore'
];
