/** Pages are documents: they ship no script. The plan editor alone switches it on for itself. */
export const csr = false;
