/** Draws the installed page's icons out of its favicon: `npx tsx tests/pictures/icons.ts`, when that has changed. */
import { mkdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';

const staticDir = new URL('../../static/', import.meta.url);
const favicon = await readFile(new URL('favicon.svg', staticDir), 'utf8');

/** Nothing of it lies outside of the circle that every system leaves (https://www.w3.org/TR/appmanifest/#icon-masks). */
const maskable = favicon
	.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"')
	.replace('<rect width="32" height="32" rx="8"', '<rect x="-4" y="-4" width="40" height="40"');
if (!maskable.includes('<rect x="-4"'))
	throw new Error('The favicon has another ground: draw its icon anew.');

await mkdir(new URL('icons/', staticDir), { recursive: true });
await draw(favicon, 192, 'icon-192.png');
await draw(favicon, 512, 'icon-512.png');
await draw(maskable, 512, 'maskable-512.png');

async function draw(svg: string, side: number, name: string): Promise<void> {
	const image = sharp(Buffer.from(svg), { density: 72 * (side / 32) }).resize(side, side);
	await image
		.png({ compressionLevel: 9, palette: true })
		.toFile(new URL(`icons/${name}`, staticDir).pathname);
}
