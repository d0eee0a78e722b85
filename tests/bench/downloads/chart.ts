import { megabytes, ratio, rowsOf, type Results, type Row, type SizeResult } from './figures.ts';
import { labels } from './settings.ts';

/** All in px. */
const WIDTH = 880;
const MARGIN = 16;
const ROW = 24;
const BAR = 14;
const HEAD = 56;
/** What is longer than its column ends in an arrow. */
const TIME = { x: 276, width: 246, most: 3 };
const MEMORY = { x: 604, width: 170, most: 1_000_000_000 };

const STYLE = `
	text { font: 13px system-ui, sans-serif; fill: #1f2328; }
	.size { font-weight: 600; font-size: 15px; }
	.head, .died { fill: #59636e; }
	.bar { fill: #8c959f; }
	.floor .bar { fill: #c4cbd2; }
	.own .bar { fill: #0969da; }
	.own text { font-weight: 600; }
	.line { stroke: #d1d9e0; }
	@media (prefers-color-scheme: dark) {
		text { fill: #f0f6fc; }
		.head, .died { fill: #9198a1; }
		.bar { fill: #656c76; }
		.floor .bar { fill: #3d444d; }
		.own .bar { fill: #4493f8; }
		.line { stroke: #3d444d; }
	}`;

/** Time and memory of each contender as bars, a block for each size: SVG for light and dark pages. */
export function chartOf(results: Results): string {
	const blocks: string[] = [];
	let y = MARGIN;
	for (const size of results.sizes) {
		blocks.push(block(size, y));
		y += HEAD + rowsOf(size).length * ROW + MARGIN;
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-labelledby="title desc">
<title id="title">Time and memory of a download, beside other ZIP writers</title>
<desc id="desc">${escaped(results.sizes.map(inWords).join(' '))}</desc>
<style>${STYLE}
</style>
${blocks.join('\n')}
</svg>
`;
}

function block(size: SizeResult, top: number): string {
	const rows = rowsOf(size);
	const first = top + HEAD;
	const one = TIME.x + TIME.width / TIME.most;
	return [
		text(MARGIN, top + 14, sizeName(size), 'size'),
		text(TIME.x, top + 40, 'time, as a multiple of the floor’s', 'head'),
		text(MEMORY.x, top + 40, 'memory above idle', 'head'),
		`<path class="line" d="M${one} ${first - 6}V${first + rows.length * ROW - 4}"/>`,
		...rows.map((row, n) => line(row, first + n * ROW)),
	].join('\n');
}

function line({ contender, ratio: times, memory, died }: Row, y: number): string {
	const kind =
		contender === 'floor' ? 'floor' : contender === 'product' || contender === 'press' ? 'own' : 'peer';
	const base = y + BAR - 2;
	const parts =
		died === null
			? [
					...bar(TIME, times, times === null ? '–' : `${ratio(times)} ×`, y),
					...bar(MEMORY, memory, megabytes(memory), y),
				]
			: [text(TIME.x, base, `dies: ${shortened(died)}`, 'died')];
	return `<g class="${kind}">${[text(MARGIN, base, labels[contender]), ...parts].join('')}</g>`;
}

function bar(column: typeof TIME, value: number | null, label: string, y: number): string[] {
	if (value === null) return [text(column.x, y + BAR - 2, label)];
	const share = Math.min(1, Math.max(0, value) / column.most);
	const width = Math.round(share * column.width);
	const right = column.x + width;
	const arrow = share < 1 ? '' : `l6 ${BAR / 2}l-6 ${BAR / 2}`;
	const end = arrow === '' ? `v${BAR}` : arrow;
	return [
		`<path class="bar" d="M${column.x} ${y}H${right}${end}H${column.x}z"/>`,
		text(right + (arrow === '' ? 6 : 12), y + BAR - 2, label),
	];
}

function text(x: number, y: number, words: string, kind?: string): string {
	return `<text x="${x}" y="${y}"${kind ? ` class="${kind}"` : ''}>${escaped(words)}</text>`;
}

function sizeName({ megabytes: size, members }: SizeResult): string {
	const amount = size < 1000 ? `${size} MB` : `${size / 1000} GB`;
	return `${amount}, ${members.toLocaleString('en-US')} members`;
}

function inWords(size: SizeResult): string {
	const rows = rowsOf(size).map(({ contender, ratio: times, memory, died }) =>
		died === null
			? `${labels[contender]}: ${ratio(times)} times the floor, ${megabytes(memory)}`
			: `${labels[contender]}: dies`,
	);
	return `${sizeName(size)}. ${rows.join('; ')}.`;
}

function shortened(words: string): string {
	return words.length <= 80 ? words : `${words.slice(0, 79)}…`;
}

function escaped(words: string): string {
	return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
