/**
 * The parts of a page with a mark on the first link to each term, where its meaning leads back to
 * (`#ke-<term>`, as `#istilah-<term>` leads to the meaning), and the terms that have one.
 */
export function withWaysBack(parts: readonly string[]): {
	readonly parts: readonly string[];
	readonly terms: ReadonlySet<string>;
} {
	const terms = new Set<string>();
	const marked = parts.map((html) =>
		html.replaceAll(/<a href="#istilah-([\w-]+)"/g, (link, term: string) => {
			if (terms.has(term)) return link;
			terms.add(term);
			return `${link} id="ke-${term}"`;
		})
	);
	return { parts: marked, terms };
}
