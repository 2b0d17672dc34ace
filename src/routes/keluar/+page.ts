/** The one script here clears what this phone keeps of the person's plans. */
export const csr = true;
