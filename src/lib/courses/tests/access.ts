/** Who may take the tests of a training, open and close them, and read what came of them. */
import { accessTable } from '#lib/people/access.ts';

/**
 * `run`: open and close. `follow`: who has handed in, never what. `read`: what
 * the class knows, from five people on. `analyse`: how items were answered, over
 * all trainings.
 */
export type TestAction = 'take' | 'run' | 'follow' | 'read' | 'analyse';

export const testAccess = accessTable<TestAction>({
	take: {
		participant: 'scope',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	},
	run: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
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
	read: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'scope',
		admin: 'nowhere'
	},
	analyse: {
		participant: 'nowhere',
		facilitator: 'nowhere',
		officer: 'nowhere',
		consultant: 'nowhere',
		reviewer: 'scope',
		admin: 'nowhere'
	}
});
