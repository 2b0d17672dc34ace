import type { RequestHandler } from './$types';

const LONGEST_REPORT = 8_192;

/** Browsers tell which directive stopped something. Addresses in the report are not kept. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const text = (await request.text()).slice(0, LONGEST_REPORT);
	const directive = /"(?:effective|violated)-?[dD]irective"\s*:\s*"([\w -]{1,60})/.exec(text)?.[1];
	locals.app.log('warn', 'csp_report', { directive: directive ?? 'unknown' });
	return new Response(null, { status: 204 });
};
