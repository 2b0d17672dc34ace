/** In the address of a page: the items for which a newer answer of another device stands. */
const NAME = 'lain';
const IDS = /^[A-Z]+\d+(?:\.[A-Z]+\d+){0,99}$/;

/** '?lain=TA1.TA3', or nothing; `first` is '&' where something stands before it. */
export const newerElsewhere = (ids: readonly string[], first: '?' | '&' = '?'): string =>
	ids.length === 0 ? '' : `${first}${NAME}=${ids.join('.')}`;

export function newerIn({ searchParams }: URL): string[] {
	const written = searchParams.get(NAME) ?? '';
	return IDS.test(written) ? written.split('.') : [];
}
