import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi, type Mock } from 'vitest';
import ExportStatus from '$lib/csv/ExportStatus.svelte';
import type { ExportRow } from '$lib/csv/contract';
import { Exports, type ExportState } from '$lib/csv/exports.svelte';

vi.setConfig({ testTimeout: 60_000 });

const filename = /^members-\d{4}-\d{2}-\d{2}\.csv$/;

function row(index: number): ExportRow {
	return {
		team: `Team ${index % 40}`,
		email: `member-${index}@example.com`,
		title: index % 3 === 0 ? '=HYPERLINK("https://example.com")' : 'Engineer',
		status: 'finished',
		finishedAt: 1_790_000_000_000 + index,
		name: `Member ${index}`,
		actionedAt: null,
	};
}

function* lazily(howMany: number): Generator<ExportRow> {
	for (let index = 0; index < howMany; index++) yield row(index);
}

function setUp() {
	const saved: { blob: Blob; filename: string }[] = [];
	const exports = new Exports({ save: (blob, name) => saved.push({ blob, filename: name }) });
	onTestFinished(() => exports.dispose());
	const ended = () => vi.waitUntil(() => exports.state !== null && !exports.running, { timeout: 50_000 });
	return { exports, saved, ended };
}

/** Lines of a file without line breaks in its fields. */
async function linesOf(blob: Blob): Promise<string[]> {
	return (await blob.text()).trimEnd().split('\r\n');
}

const bar = () => page.getByRole('progressbar', { name: 'Export progress' });
const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('given the real worker', () => {
	test('100,000 members are all in the file, in their order, and the progress never goes back', async () => {
		const { exports, saved, ended } = setUp();
		const seen: number[] = [];
		exports.start(lazily(100_000), 100_000, null);
		const watch = setInterval(() => {
			if (exports.state?.kind === 'running') seen.push(exports.state.share);
		}, 5);
		await ended();
		clearInterval(watch);

		expect(exports.state).toMatchObject({
			kind: 'finished',
			rows: 100_000,
			filename: expect.stringMatching(filename),
		});
		expect(saved).toHaveLength(1);
		expect(saved[0]?.filename).toMatch(filename);
		const lines = await linesOf(saved[0]!.blob);
		expect(lines).toHaveLength(100_001);
		expect(lines[1]).toContain(`"'=HYPERLINK(""https://example.com"")"`);
		expect(lines.at(-1)).toContain('member-99999@example.com');
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		expect(seen.some((share) => share > 0 && share < 1)).toBe(true);
	});

	test('an export cancelled midway saves nothing, takes no more rows, and another may start at once', async () => {
		const { exports, saved, ended } = setUp();
		let taken = 0;
		function* counted() {
			for (const one of lazily(100_000)) {
				taken += 1;
				yield one;
			}
		}
		exports.start(counted(), 100_000, null);
		await vi.waitUntil(() => exports.state?.kind === 'running' && exports.state.done > 0);
		exports.cancel();
		expect(exports.state).toEqual({ kind: 'cancelled' });
		const takenThen = taken;
		exports.start([row(1), row(2)], 2, null);
		await ended();
		expect(exports.state).toMatchObject({ kind: 'finished', rows: 2 });
		expect([saved.length, taken]).toEqual([1, takenThen]);
		expect(taken).toBeLessThan(100_000);
		expect(await linesOf(saved[0]!.blob)).toHaveLength(3);
	});

	test('while one runs, a second press starts none', async () => {
		const { exports, saved, ended } = setUp();
		exports.start([row(1)], 1, null);
		exports.start([row(1), row(2)], 2, 'Marketing');
		expect(exports.label).toBeNull();
		await ended();
		expect([exports.state, saved.length]).toMatchObject([{ rows: 1 }, 1]);
	});

	test('a worker that dies midway leaves a sentence and no file', async () => {
		const { exports, saved, ended } = setUp();
		const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
		onTestFinished(() => quiet.mockRestore());
		const workers = captureWorkers();
		function* killing() {
			for (const one of lazily(5_000)) yield one;
			workers[0]?.worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
			for (const one of lazily(5_000)) yield one;
		}
		exports.start(killing(), 10_000, null);
		await ended();
		expect(exports.state).toEqual({
			kind: 'failed',
			reason: 'The part of the page that exports stopped working. Please try again.',
		});
		expect(saved).toEqual([]);
	});

	test('its worker is ended with the export', async () => {
		const { exports, ended } = setUp();
		const workers = captureWorkers();
		exports.start([row(1)], 1, null);
		await ended();
		expect(workers).toHaveLength(1);
		expect(workers[0]?.terminate).toHaveBeenCalledOnce();
	});

	test('once the page is left, nothing is saved', async () => {
		const { exports, saved } = setUp();
		exports.start(lazily(100_000), 100_000, null);
		await vi.waitUntil(() => exports.state?.kind === 'running' && exports.state.done > 0);
		exports.dispose();
		// Long enough for the first to be over, had it gone on.
		const later = setUp();
		later.exports.start(lazily(100_000), 100_000, null);
		await later.ended();
		expect([exports.state, saved, later.saved.length]).toEqual([null, [], 1]);
	});
});

test('where no worker may run, the same file is made on the main thread', async () => {
	const { exports, saved, ended } = setUp();
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	vi.stubGlobal('Worker', function forbidden() {
		throw new DOMException('worker-src forbids it', 'SecurityError');
	});
	onTestFinished(() => {
		vi.unstubAllGlobals();
		vi.restoreAllMocks();
	});
	exports.start(lazily(3_000), 3_000, null);
	await ended();
	expect(exports.state).toMatchObject({ kind: 'finished', rows: 3_000 });
	expect(await linesOf(saved[0]!.blob)).toHaveLength(3_001);
});

test('rows that can’t be read are a failed export, not a broken page', async () => {
	const { exports, saved, ended } = setUp();
	const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
	onTestFinished(() => quiet.mockRestore());
	function* broken(): Generator<ExportRow> {
		yield row(1);
		throw new Error('no such member');
	}
	exports.start(broken(), 2, null);
	await ended();
	expect(exports.state).toMatchObject({ kind: 'failed' });
	expect([saved, quiet.mock.calls.length]).toEqual([[], 1]);
	exports.dismiss();
	expect(exports.state).toBeNull();
});

describe('the status line', () => {
	/** An export in whatever state a test puts it. */
	function show(state: ExportState | null, label: string | null = null) {
		const calls = { cancel: vi.fn(), dismiss: vi.fn() };
		const at = (next: ExportState | null) =>
			({ state: next, label, running: next?.kind === 'running', ...calls }) as unknown as Exports;
		const { rerender } = render(ExportStatus, { exports: at(state) });
		return { ...calls, now: (next: ExportState | null) => rerender({ exports: at(next) }) };
	}

	const running = { kind: 'running', share: 0.5, done: 33_000, total: 66_000 } as const;
	const finished = { kind: 'finished', rows: 66, filename: 'members-2026-11-24.csv' } as const;

	test('of a quick export no bar flashes by, and the outcome is seen', async () => {
		const { now } = show({ ...running, done: 0 });
		await now(finished);
		const status = page.getByRole('status');
		await expect.element(status).toHaveTextContent('Exported 66 members to members-2026-11-24.csv');
		expect(status.element().getBoundingClientRect().width).toBeGreaterThan(100);
		await expect.element(bar()).not.toBeInTheDocument();
		await expect.element(button('Dismiss')).toBeVisible();
	});

	test('of one that takes longer the progress shows, and it can be cancelled', async () => {
		const { cancel } = show(running, 'Marketing');
		await expect.element(bar()).toHaveAttribute('aria-valuenow', '50');
		await expect
			.element(bar())
			.toHaveAttribute('aria-valuetext', 'Exporting 33,000 of 66,000 members of Marketing');
		await button('Cancel').click();
		expect(cancel).toHaveBeenCalledOnce();
	});

	test('the focus stays on its button when it ends', async () => {
		const { now, dismiss } = show(running);
		await expect.element(button('Cancel')).toBeVisible();
		const element = button('Cancel').element() as HTMLElement;
		element.focus();
		await now({ ...finished, rows: 66_000 });
		await expect.element(page.getByText('Exported 66,000 members to members-2026-11-24.csv')).toBeVisible();
		expect(document.activeElement).toBe(button('Dismiss').element());
		await button('Dismiss').click();
		expect(dismiss).toHaveBeenCalledOnce();
	});

	test('a failure always shows', async () => {
		show({ kind: 'failed', reason: 'A part of the page could not be loaded.' });
		await expect
			.element(page.getByText('The export failed. A part of the page could not be loaded.'))
			.toBeVisible();
	});

	test('without an export it takes no room', () => {
		show(null);
		expect(document.body.querySelector('.export')?.getBoundingClientRect().height).toBeLessThanOrEqual(1);
	});
});

/** The workers that are started from now on; real ones, whose end is counted. */
function captureWorkers(): { worker: Worker; terminate: Mock }[] {
	const started: { worker: Worker; terminate: Mock }[] = [];
	const Real = Worker;
	vi.stubGlobal(
		'Worker',
		class extends Real {
			constructor(url: URL, options: WorkerOptions) {
				super(url, options);
				const terminate = vi.fn(() => super.terminate());
				this.terminate = terminate;
				started.push({ worker: this, terminate });
			}
		},
	);
	onTestFinished(() => void vi.unstubAllGlobals());
	return started;
}
