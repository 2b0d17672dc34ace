import { LEADS_TO, STAYS } from '#lib/ui/leads-to.ts';

/** A form that a script sent is told where it leads, instead of being led there. */
export function toldWhereItLeads({ headers: asked }: Request, answer: Response): Response {
	const to = answer.headers.get('location');
	if (answer.status !== 303 || to === null || !asked.has(STAYS)) return answer;
	const headers = new Headers(answer.headers);
	headers.delete('location');
	headers.set(LEADS_TO, to);
	return new Response(null, { status: 204, headers });
}
