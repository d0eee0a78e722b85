import { expect, test } from 'vitest';
import { isShell, referencesIn } from '../../../src/service-worker/shell';

const own = new Set([
	'/app/admin/_app/immutable/entry/start.A.js',
	'/app/admin/_app/immutable/entry/app.B.js',
]);
const html = (start: string) =>
	`<link href="/app/admin/_app/immutable/entry/${start}" rel="modulepreload"><script>import("/app/admin/_app/immutable/entry/app.B.js")</script>`;

test('only the HTML of this very version is kept as the page', () => {
	expect(isShell(html('start.A.js'), own)).toBe(true);
	expect(isShell(html('start.OTHER.js'), own)).toBe(false);
	expect(isShell('<form>Sign in</form>', own)).toBe(false);
});

test('workers are found in the scripts that start them, and their parts in the workers', () => {
	const script =
		'new Worker(new URL(`/app/admin/_app/immutable/workers/csv.worker-Bo5.js`,``+import.meta.url))';
	expect(referencesIn(script)).toEqual(['/app/admin/_app/immutable/workers/csv.worker-Bo5.js']);
	expect(referencesIn('import("./part-x_1.js"),import("./part-x_1.js")')).toEqual(['./part-x_1.js']);
	expect(referencesIn('fetch("https://example.com/a.js")')).toEqual([]);
});
