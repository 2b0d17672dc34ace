/**
 * What may be published so that no number tells about fewer than five people,
 * neither by itself nor by subtracting other published numbers from it.
 *
 * Groups of answers nest (nation ⊃ province ⊃ regency ⊃ training ⊃ facilitator)
 * and are judged all at once, whoever looks: two readers who put their pages
 * together learn no more than one. Groups that overlap without nesting cannot
 * even be written down here, and are therefore never published.
 *
 * Pure. The property test derives everything that linear algebra can derive
 * from the published numbers and finds no group below five among it.
 */

/** No number about fewer people than this (plans-and-feedback rule of the programme). */
export const SMALLEST_GROUP = 5;

export interface Cell {
	readonly id: string;
	/** The group this one lies in; null at the top. */
	readonly within: string | null;
	/** Answers that lie in this group and in none of the smaller ones below it. */
	readonly own: number;
}

interface Node {
	readonly id: string;
	readonly parent: Node | null;
	readonly children: Node[];
	own: number;
	n: number;
	published: boolean;
}

/**
 * The ids of the groups whose numbers may be shown.
 *
 * Totals are kept and the smaller part is given up: with 30 in all, 27 in A and
 * 3 in B, both A and B are hidden. Groups without answers are not published.
 */
export function publishable(cells: Iterable<Cell>, smallest = SMALLEST_GROUP): Set<string> {
	const nodes = plant(cells);
	for (const node of nodes) node.published = node.n >= smallest;
	// From the leaves up: a group is looked at when all below it already leaves nothing small.
	for (const node of nodes.toReversed()) protect(node, smallest);
	return new Set(nodes.filter((node) => node.published).map((node) => node.id));
}

/** Nodes in an order in which every group stands before those within it. */
function plant(cells: Iterable<Cell>): Node[] {
	const byId = new Map<string, { cell: Cell; node: Node | null }>();
	for (const cell of cells) byId.set(cell.id, { cell, node: null });
	const planted: Node[] = [];

	function nodeOf(id: string): Node {
		const known = byId.get(id);
		if (!known) throw new Error(`a group lies within "${id}", which is not among the groups`);
		if (known.node) return known.node;
		const parent = known.cell.within === null ? null : nodeOf(known.cell.within);
		const { own } = known.cell;
		const node: Node = { id, parent, children: [], own, n: own, published: false };
		known.node = node;
		parent?.children.push(node);
		planted.push(node);
		return node;
	}

	for (const id of byId.keys()) nodeOf(id);
	for (const node of planted.toReversed()) if (node.parent) node.parent.n += node.n;
	return planted;
}

/** Hides parts of a published group until what is left of it is nobody or at least `smallest`. */
function protect(node: Node, smallest: number): void {
	while (node.published) {
		const parts = publishedParts(node);
		const rest = remainder(node);
		if (rest === 0 || rest >= smallest) return;
		const [given] = parts.toSorted((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));
		// The smallest part goes. If its own parts stay published, the next round goes deeper.
		(given ?? node).published = false;
	}
}

/** The largest published groups within this one. */
function publishedParts(node: Node): Node[] {
	return node.children.flatMap((child) => (child.published ? [child] : publishedParts(child)));
}

/** What anybody can derive by subtraction: the group without its published parts. */
function remainder(node: Node): number {
	return publishedParts(node).reduce((left, part) => left - part.n, node.n);
}
