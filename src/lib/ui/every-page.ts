/**
 * The script of pages that have no other: forms that answer when they are pressed and lose nothing on
 * a weak signal. A page without it sends its forms as the browser does.
 */
import { leaveByPress, onePress, pressedIn } from './pressed.ts';
import { canSend, sendFromPage } from './sending.ts';

addEventListener('submit', (event) => {
	const pressed = event.defaultPrevented ? null : pressedIn(event);
	if (!pressed) return;
	if (!canSend(pressed.form)) return leaveByPress(event, pressed);
	event.preventDefault();
	void onePress(pressed, () => sendFromPage(pressed));
});
