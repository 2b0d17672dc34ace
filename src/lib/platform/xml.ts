/**
 * XML that is made element by element, so that no text can become a tag: what is
 * not an `Xml` is text, and is escaped.
 */
export interface Xml {
	readonly xml: string;
}

export type XmlContent = Xml | string | readonly XmlContent[];

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** Attributes that are undefined are left out. */
export function element(name: string, attributes: XmlAttributes, ...content: XmlContent[]): Xml {
	const written = Object.entries(attributes)
		.filter((entry): entry is [string, string | number] => entry[1] !== undefined)
		.map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
		.join('');
	const inside = content.map(inXml).join('');
	return { xml: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` };
}

/** A whole file. */
export function xmlDocument(root: Xml): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`;
}

/** Letters that XML does not take, not even escaped: control characters and halves of an emoji. */
const NOT_IN_XML =
	// eslint-disable-next-line no-control-regex
	/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** A text as it stands between tags or in an attribute; good for HTML, too. */
export function escapeXml(text: string): string {
	return withoutControls(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

/** The text without the letters that no XML file may hold. */
export const withoutControls = (text: string): string => text.replace(NOT_IN_XML, '');

function inXml(content: XmlContent): string {
	if (typeof content === 'string') return escapeXml(content);
	return 'xml' in content ? content.xml : content.map(inXml).join('');
}
