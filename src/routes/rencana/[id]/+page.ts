/** The one page that people write on together. */
export const csr = true;
