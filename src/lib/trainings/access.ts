/** What people may do with a training. Outside one's reach it does not exist. */
import { accessTable } from '#lib/people/access.ts';

/**
 * `read`: title, days, agenda. `manage`: make and change it. `run`: the door,
 * letting people in, giving out one-time codes. `see members`: who is in it.
 */
export type TrainingAction = 'read' | 'manage' | 'run' | 'see members';

export const trainingAccess = accessTable<TrainingAction>({
	read: {
		participant: 'scope',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'scope',
		admin: 'scope'
	},
	manage: {
		participant: 'nowhere',
		facilitator: 'nowhere',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'scope'
	},
	run: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'scope'
	},
	// Perpusnas reads what trainings say, never who said it.
	'see members': {
		participant: 'own group',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'scope',
		reviewer: 'nowhere',
		admin: 'scope'
	}
});

/**
 * `enter`: one's own, with the code from the screen. `follow`: who was there.
 * `run`: open a session, enter from the signed list, correct.
 */
export type AttendanceAction = 'enter' | 'follow' | 'run';

export const attendanceAccess = accessTable<AttendanceAction>({
	enter: {
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
	run: {
		participant: 'nowhere',
		facilitator: 'scope',
		officer: 'scope',
		consultant: 'nowhere',
		reviewer: 'nowhere',
		admin: 'nowhere'
	}
});
