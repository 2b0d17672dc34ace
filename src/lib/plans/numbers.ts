/** Numbers as people here type them: dots for thousands, '1.500.000', perhaps with 'Rp' before. */
const formats = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });

export const spellNumber = (value: number) => formats.format(value);

/** Null when it is no whole number from 0 to `max`. */
export function parseWholeNumber(typed: string, max: number): number | null {
	const digits = typed
		.replace(/^\s*rp\.?\s*/i, '')
		.replace(/[\s.]/g, '')
		.replace(/,(0+|-)$/, '');
	if (!/^\d{1,15}$/.test(digits)) return null;
	const value = Number(digits);
	return value <= max ? value : null;
}
