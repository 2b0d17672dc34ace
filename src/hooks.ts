import type { Reroute } from '@sveltejs/kit/hooks';
import { withoutLocale } from './routes/links.ts';

/** English pages live below /en; the routes know only one address for each page. */
export const reroute: Reroute = ({ url }) => withoutLocale(url.pathname);
