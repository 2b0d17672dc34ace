/**
 * The service worker: registered once there is something for it to do, and as a classic script, since
 * old phones refuse modules there. Its file may be kept for an hour: no page asks for it each time.
 */
export async function registerWorker(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	await navigator.serviceWorker.register('/service-worker.js', {
		scope: '/',
		type: 'classic',
		updateViaCache: 'all'
	});
	// What is fetched while it takes over would fall between two hands.
	await Promise.race([navigator.serviceWorker.ready, later(READY_MS)]);
}

const READY_MS = 5_000;
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
