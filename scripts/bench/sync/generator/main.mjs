/** The load generator: a process of its own, the same for everybody who is measured. */
import { answer, usage } from '../children.mjs';
import { attackOn } from './attacks.mjs';
import { Crowd } from './crowd.mjs';
import { typePaper } from './paper-typist.mjs';
import { comeBack, gather } from './storm.mjs';
import { seatTypists, typeUntilKilled } from './typists.mjs';
import { openInTurn, openTogether, seated, sit, sitAt } from './visitors.mjs';

/** @type {Crowd | null} */
let crowd = null;

answer({
	openCrowd: async (/** @type {import('./crowd.mjs').CrowdPlan} */ plan) => {
		crowd = new Crowd(plan);
		await crowd.open();
	},
	startTyping: () => crowd?.startTyping(),
	mark: () => crowd?.mark(),
	report: () => crowd?.report(),
	stop: () => crowd?.stop(),
	sit,
	sitAt,
	seated,
	openInTurn,
	openTogether,
	gather,
	comeBack,
	seatTypists,
	typeUntilKilled,
	typePaper,
	attackOn,
	usage
});
