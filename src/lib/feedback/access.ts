/** Who may answer the feedback of a training, and who may read what was said. */
import { accessTable } from '#lib/people/access.ts';

export const feedbackAccess = accessTable<'answer' | 'review'>({
	answer: {
		participant: 'scope',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	// Never a single answer: what is read are sums of five or more.
	review: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'scope',
		admin: 'nowhere'
	}
});
