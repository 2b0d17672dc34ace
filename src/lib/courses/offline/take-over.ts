/** What a page says to a newer service worker that waits: its person wants it now. */
export const TAKE_OVER = 'ambil alih';
