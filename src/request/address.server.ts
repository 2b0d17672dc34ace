import type { RequestEvent } from '@sveltejs/kit';

/**
 * Where a request comes from, as the adapter believes it (ADDRESS_HEADER, XFF_DEPTH). Null when the
 * proxy was to say it and did not: nobody is refused for that. Never logged or stored.
 */
export function addressOf(event: RequestEvent): string | null {
	try {
		return event.getClientAddress();
	} catch {
		return null;
	}
}
