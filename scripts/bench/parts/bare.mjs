/** The least a Node server can do: one fixed answer. What everything else is compared with. */
import { createServer } from 'node:http';

const page = Buffer.from(`<!doctype html><title>bare</title>${'<p>halo</p>'.repeat(200)}`);

const server = createServer((_req, res) => {
	res.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length });
	res.end(page);
});
server.listen(Number(process.env.PORT), '127.0.0.1');
