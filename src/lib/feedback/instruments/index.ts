/** Every instrument. A new one is a file here and a line below. */
import type { Instrument } from '../instrument.ts';
import { end } from './end.ts';

export const instruments = [end] as const satisfies readonly Instrument[];

export { end };
