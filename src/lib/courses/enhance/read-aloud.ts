import { m } from '#lib/paraglide/messages.js';
import type { CoursePage } from './enhancer.ts';

/** Reads the lesson aloud where the phone has a voice for its language; otherwise offers nothing. */
export function offerReadAloud({ root, locale }: CoursePage): void {
	const bar = root.querySelector('[data-reading]');
	if (!bar || !('speechSynthesis' in window)) return;
	const speech = window.speechSynthesis;
	let offered = false;

	const offer = () => {
		const voice = speech.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(locale));
		if (!voice || offered) return;
		offered = true;
		const button = document.createElement('button');
		button.type = 'button';
		button.className = 'quiet';
		button.setAttribute('data-read-aloud', '');
		bar.append(button);
		let speaking = false;
		const show = (now: boolean) => {
			speaking = now;
			button.textContent = now
				? m.courses_read_aloud_stop({}, { locale })
				: m.courses_read_aloud({}, { locale });
		};
		const stop = () => {
			show(false);
			speech.cancel();
		};
		button.addEventListener('click', () => {
			if (speaking) return stop();
			speech.cancel();
			show(true);
			// Paragraph by paragraph: some browsers fall silent in the middle of a long text.
			const texts = paragraphs(root);
			for (const [at, text] of texts.entries()) {
				const said = new SpeechSynthesisUtterance(text);
				said.voice = voice;
				said.lang = voice.lang;
				if (at === texts.length - 1) said.onend = () => show(false);
				speech.speak(said);
			}
		});
		addEventListener('pagehide', () => speech.cancel());
		show(false);
	};
	offer();
	// Voices arrive late, once the browser has asked the phone for them.
	speech.addEventListener('voiceschanged', offer);
}

/** What is read: headings and paragraphs in their order, of a picture its description. */
function paragraphs(root: HTMLElement): string[] {
	const parts = root.querySelectorAll('[data-lesson-text] :is(h2, h3, p, li, .diagram svg)');
	return [...parts]
		.filter((part) => !part.querySelector('p')) // said by the paragraphs in it
		.map((part) => part.getAttribute('aria-label') ?? part.textContent ?? '')
		.map((text) => text.replace(/\s+/g, ' ').trim())
		.filter((text) => text !== '');
}
