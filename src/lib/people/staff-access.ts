import { accessTable } from './access.ts';

/** Who may make accounts for staff and change assignments. Nobody may see a password. */
export const staffAccess = accessTable({
	manage: {
		participant: 'nowhere',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'scope'
	}
});
