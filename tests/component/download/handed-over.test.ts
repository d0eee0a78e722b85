import { afterEach, expect, onTestFinished, test } from 'vitest';
import { HandedOver } from '$lib/download/kept/handed-over';
import { deleteUnusedSpools, listSpools, spoolDirectory } from '$lib/zip/spool-files';
import { isInUse } from '$lib/zip/spool-lock';

afterEach(async () => void (await deleteUnusedSpools(new Set())));

test('all files of a series make room at once, others stay', async () => {
	const handedOver = new HandedOver(() => {});
	onTestFinished(() => handedOver.dispose());
	const series = [{}];
	for (const [name, group] of [
		['part', series],
		['what failed of it', series],
		['of another series', [{}]],
		['alone', undefined],
	] as const) {
		await (await spoolDirectory()).getFileHandle(name, { create: true });
		await handedOver.hold(name, 10, group);
	}
	expect(handedOver.bytes).toBe(40);
	await handedOver.deleteAll(series);
	expect((await listSpools()).sort()).toEqual(['alone', 'of another series']);
	expect([await isInUse('part'), await isInUse('alone')]).toEqual([false, true]);
	expect(handedOver.bytes).toBe(20);
	await handedOver.deleteAll();
	expect([await listSpools(), handedOver.bytes]).toEqual([[], 0]);
});
