/** Who may earn certificates, award them, take them back, and say what they need. */
import { accessTable } from '#lib/people/access.ts';

/**
 * `earn`: one's own. `follow`: who has completed and who has one. `award`: issue
 * them, and complete somebody with a reason. `manage`: the conditions, revoking
 * and issuing anew.
 */
export type CertificateAction = 'earn' | 'follow' | 'award' | 'manage';

export const certificateAccess = accessTable<CertificateAction>({
	earn: {
		participant: 'scope',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	follow: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	award: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	manage: {
		participant: 'nowhere',
		facilitator: 'nowhere',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	}
});
