import { inject } from 'vitest';

// The dialect is chosen when the first table is imported, so the address has to be there before that.
process.env.DATABASE_URL = inject('postgres');
process.env.REMBUK_TEST_DATABASES = inject('databases');
