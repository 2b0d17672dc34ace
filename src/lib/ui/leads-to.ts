/**
 * A script may not read where an answer leads. It says that it stays on its page (`STAYS`), and is told
 * by a header (`LEADS_TO`), so that the next page is fetched once, by the browser.
 */
export const STAYS = 'x-stays-on-page';
export const LEADS_TO = 'x-leads-to';

/** Opens the page that an answer leads to; the same one is fetched anew. */
export function goTo(address: string): void {
	const wanted = new URL(address, location.href);
	const here = wanted.pathname === location.pathname && wanted.search === location.search;
	location.assign(wanted);
	if (here) location.reload();
}
