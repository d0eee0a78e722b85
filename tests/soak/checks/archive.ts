import { expect, type Download } from '@playwright/test';
import sharp from 'sharp';
import { unpackers } from '../../unpackers/unpackers.ts';
import type { Prepared } from '../download/prepare.ts';
import { extraPaths, type Form, type PlannedFile } from '../model/plan.ts';
import { systems } from '../model/systems.ts';
import type { World } from '../world.ts';

/** Exactly the files that it should hold, each as the backend has it. */
export async function checkArchive(
	{ first, tally }: World,
	download: Download,
	{ whose: { standIn }, plan, order }: Prepared,
	missing: PlannedFile[],
): Promise<void> {
	const archive = await first.admin.save(download);
	const files = plan.filter((file) => !missing.includes(file));
	expect(archive.paths, 'the files of the archive').toEqual(
		[...files.map(({ path }) => path), ...extraPaths(order.form)].sort(),
	);
	for (const { path, shoot, file } of files) {
		const bytes = await archive.bytes(path);
		const frame = frameOf(order.form);
		if (frame !== null) await expectFit(path, bytes, frame);
		else if (file === 'headshot' || shoot.profilePicture?.format === 'jpeg')
			expect(bytes.equals(await standIn.bytesOf(shoot.id, file)), `${path} is as it was served`).toBe(true);
		else expect(bytes.subarray(0, 2).toString('hex'), `${path} is a JPEG`).toBe('ffd8');
	}
	// Another program each time: they take longer than all else.
	const { name, list } = unpackers[tally.archives % unpackers.length]!;
	expect(await list(archive.file), `${name} reads it`).toEqual(archive.paths);
	tally.archives++;
	await download.delete();
}

interface Frame {
	width: number;
	height: number;
}

/** The shape and the largest size that were asked for; `null`: as they are. */
function frameOf({ preset, side }: Form): Frame | null {
	if (preset !== null) return systems[preset];
	return side === null ? null : { width: side, height: side };
}

async function expectFit(path: string, bytes: Buffer, frame: Frame): Promise<void> {
	const { format, width, height } = await sharp(bytes).metadata();
	expect(format, `${path} is a JPEG`).toBe('jpeg');
	expect(width * frame.height, `the shape of ${path}, ${width} × ${height}`).toBe(height * frame.width);
	expect(width, `the width of ${path}`).toBeLessThanOrEqual(frame.width);
}
