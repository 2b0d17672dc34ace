/** Forms that the browser itself sends: the button says that it is at work, and none leads nowhere. */
import { m } from '#lib/paraglide/messages.js';
import { leaveByPress, pressedIn } from '#lib/ui/pressed.ts';
import { say } from '#lib/ui/state.ts';
import type { CoursePage } from './enhancer.ts';

export function answerPresses({ locale }: CoursePage): void {
	// On the window, after whoever keeps a form on the phone.
	addEventListener('submit', (event) => {
		const pressed = event.defaultPrevented ? null : pressedIn(event);
		if (!pressed) return;
		if (pressed.form.method === 'post' && !navigator.onLine) {
			event.preventDefault();
			return say(pressed.form, m.ui_no_answer({}, { locale }), 'bad');
		}
		leaveByPress(event, pressed);
	});
}
