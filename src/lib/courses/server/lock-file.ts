/** Stands beside the modules; item-lock.ts reads it. */
export const LOCK_FILE = 'items.lock';
