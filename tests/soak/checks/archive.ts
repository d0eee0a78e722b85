import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, type Download } from '@playwright/test';
import { readers } from '../../unit/zip/zip-readers.ts';
import type { Prepared } from '../download/prepare.ts';
import { extraPaths, type PlannedFile } from '../model/plan.ts';
import type { World } from '../world.ts';

/** Exactly the files that it should hold, each as the backend has it. */
export async function checkArchive(
	{ first, standIn, tally }: World,
	download: Download,
	{ plan, order }: Prepared,
	missing: PlannedFile[],
): Promise<void> {
	const archive = await first.admin.save(download);
	await download.delete();
	const files = plan.filter((file) => !missing.includes(file));
	expect(archive.paths, 'the files of the archive').toEqual(
		[...files.map(({ path }) => path), ...extraPaths(order.form)].sort(),
	);
	for (const { path, shoot, file } of files) {
		const bytes = await archive.bytes(path);
		const isSame = file === 'headshot' || shoot.profilePicture?.format === 'jpeg';
		if (isSame)
			expect(bytes.equals(await standIn.bytesOf(shoot.id, file)), `${path} is as it was served`).toBe(true);
		else expect(bytes.subarray(0, 2).toString('hex'), `${path} is a JPEG`).toBe('ffd8');
	}
	// Another program each time: they take longer than all else.
	const [name, read] = [...readers][tally.archives % readers.size] ?? [];
	if (read) expect(() => read(archive.file), `${name} reads it`).not.toThrow();
	tally.archives++;
	await rm(dirname(archive.file), { recursive: true });
}
