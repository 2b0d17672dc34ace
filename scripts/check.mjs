/** `npm run check`: format, lint, types, texts, dead code. With `-- --fix` it repairs what it can. */
import { install, runtime } from './bootstrap.mjs';

install('develop');
await runtime(import.meta.url);

const { checks, prepare, runAll } = await import('./steps.mjs');

await prepare();
const { failed } = await runAll([checks(process.argv.includes('--fix'))]);
process.exit(failed ? 1 : 0);
