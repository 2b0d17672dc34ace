import type { Asked } from './item.ts';
import type { Sent } from './answers.ts';

/** What every control of an item is given. */
export interface ControlProps {
	asked: Asked;
	/** What was chosen before, by field. */
	typed: Sent;
}
