import type { Reroute } from '@sveltejs/kit/hooks';
import { pagePath } from './routes/links.ts';

/**
 * English pages live below /en, what a phone may keep of the course below /paket; the routes know
 * only one address for each page.
 */
export const reroute: Reroute = ({ url }) => pagePath(url.pathname);
