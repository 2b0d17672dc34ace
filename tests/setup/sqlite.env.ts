import { inject } from 'vitest';

process.env.REMBUK_TEST_FOLDER = inject('folder');
