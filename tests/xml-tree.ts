/** XML as another program reads it: strict, as a tree. For tests of what leaves the portal. */
import sax from 'sax';

export interface XmlNode {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly XmlNode[];
	/** All text within, that of its children too. */
	readonly text: string;
}

interface Growing {
	name: string;
	attributes: Record<string, string>;
	children: Growing[];
	text: string;
}

/** Throws where the file is not well-formed. */
export function readXml(file: string): XmlNode {
	const root: Growing = { name: '', attributes: {}, children: [], text: '' };
	const open = [root];
	const parser = sax.parser(true);
	parser.onerror = (mistake) => {
		throw mistake;
	};
	parser.onopentag = ({ name, attributes }) => {
		const node = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
		open.at(-1)?.children.push(node);
		open.push(node);
	};
	parser.onclosetag = () => open.pop();
	parser.ontext = (text) => open.forEach((node) => (node.text += text));
	parser.write(file).close();
	const [only] = root.children;
	if (!only) throw new Error('an XML file without an element');
	return only;
}

/** Every element of this name, at any depth, in the order of the file. */
export function all(node: XmlNode, name: string): XmlNode[] {
	const below = node.children.flatMap((child) => all(child, name));
	return node.name === name ? [node, ...below] : below;
}

/** The only element of this name. Throws when there are none or several. */
export function only(node: XmlNode, name: string): XmlNode {
	const [found, ...more] = all(node, name);
	if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} × ${name}`);
	return found;
}
