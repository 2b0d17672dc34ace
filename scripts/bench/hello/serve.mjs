/** Serves the hello page that was built into HELLO_FOLDER. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

await import(pathToFileURL(join(process.env.HELLO_FOLDER ?? '', 'index.js')).href);
