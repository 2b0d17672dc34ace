/** The questions of a module as a package of QTI 2.1 items, in one language: every kind of
 * them. What may be asked at any time, never the items that measure. */
import { element, xmlDocument } from '#lib/platform/xml.ts';
import { qtiItem } from '#lib/questions/exchange/qti.ts';
import { practiceItemsOf, type Language, type Module } from '../course.ts';

const NAMESPACE = 'http://www.imsglobal.org/xsd/imscp_v1p1';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Path → content of every file of the package. */
export function itemPackageFiles(module: Module, language: Language): Record<string, string> {
	const items = practiceItemsOf({ modules: [module] }).map((item) => ({
		id: item.id,
		href: `items/${item.id}.xml`,
		content: qtiItem(item, language)
	}));
	const manifest = xmlDocument(
		element(
			'manifest',
			{
				identifier: `rembuk-items-${module.slug}-${module.edition}-${language}`,
				xmlns: NAMESPACE,
				'xmlns:xsi': XSI,
				'xsi:schemaLocation': `${NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd`
			},
			element(
				'metadata',
				{},
				element('schema', {}, 'QTIv2.1 Package'),
				element('schemaversion', {}, '1.0.0')
			),
			element('organizations', {}),
			element(
				'resources',
				{},
				items.map(({ id, href }) =>
					element(
						'resource',
						{ identifier: `resource-${id}`, type: 'imsqti_item_xmlv2p1', href },
						element('file', { href })
					)
				)
			)
		)
	);
	return {
		'imsmanifest.xml': manifest,
		...Object.fromEntries(items.map(({ href, content }) => [href, content]))
	};
}
