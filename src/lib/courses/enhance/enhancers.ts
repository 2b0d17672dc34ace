/** Everything the script adds to course and test pages, in the order in which it is done: one line each. */
import type { Enhancer } from './enhancer.ts';
import { mindTheBackButton } from './back-button.ts';
import { fillFromAddress } from './from-address.ts';
import { tellNews } from './news.ts';
import { keepWhatIsSent } from './operations.ts';
import { offerPacks } from './packs.ts';
import { offerLastPosition } from './position.ts';
import { answerPresses } from './pressed.ts';
import { offerReadAloud } from './read-aloud.ts';
import { searchWhatIsKept } from './search-kept.ts';
import { sayWhenOffline } from './signal.ts';
import { offerTextSize } from './text-size.ts';

export const enhancers: readonly Enhancer[] = [
	mindTheBackButton,
	answerPresses,
	sayWhenOffline,
	offerTextSize,
	offerLastPosition,
	offerReadAloud,
	offerPacks,
	searchWhatIsKept,
	fillFromAddress,
	keepWhatIsSent,
	tellNews
];
