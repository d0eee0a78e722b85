import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { FinishedShoot, ProfilePicture } from '$lib/members/member';
import { PhotoSaver } from '$lib/one-photo/photo-saver.svelte';
import { defaultNetLimits } from '$lib/net/limits';

afterEach(() => vi.unstubAllGlobals());

/** Any picture of the test's own server, 1280 × 800 px. */
const picture = {
	url: new URL('../../pictures/finished-light.webp', import.meta.url).href,
	expiresAt: null,
};

function shoot(profilePicture: ProfilePicture): FinishedShoot {
	return {
		id: 'a',
		memberId: 'm',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		title: 'Analyst',
		team: null,
		finishedAt: 0,
		favorite: { photoId: 'p', headshot: picture, thumbnail: picture, profilePicture },
		isTest: false,
	};
}

function saver() {
	const saved: { blob: Blob; filename: string }[] = [];
	const its = new PhotoSaver({
		settings: { apiBase: `${location.origin}/api/v2`, origin: location.origin, limits: defaultNetLimits },
		save: (blob, filename) => saved.push({ blob, filename }),
	});
	onTestFinished(() => its.dispose());
	return { its, saved };
}

/** Counts the workers that are started, and those that are ended. */
function watchWorkers() {
	const count = { started: 0, ended: 0 };
	class WatchedWorker extends Worker {
		constructor(...given: ConstructorParameters<typeof Worker>) {
			super(...given);
			count.started++;
		}

		override terminate(): void {
			count.ended++;
			super.terminate();
		}
	}
	vi.stubGlobal('Worker', WatchedWorker);
	return count;
}

async function sizeOf(blob: Blob): Promise<[string, number, number]> {
	const bitmap = await createImageBitmap(blob);
	const { width, height } = bitmap;
	bitmap.close();
	return [blob.type, width, height];
}

test.each<[string, ProfilePicture]>([
	['rendered', { kind: 'rendered', ...picture }],
	['cut here', { kind: 'own-crop' }],
])('a profile picture that is %s is saved as a PNG of 600 × 600 px', async (_, profilePicture) => {
	const { its, saved } = saver();
	const filename = 'ada@example.com - Analyst - pfp.png';
	expect(await its.pfp(shoot(profilePicture))).toEqual({ ok: true, filename });
	expect(saved.map((one) => one.filename)).toEqual([filename]);
	expect(await sizeOf(saved[0]!.blob)).toEqual(['image/png', 600, 600]);
});

test('a headshot is saved as the very bytes, with the ending of what it is', async () => {
	const { its, saved } = saver();
	expect(await its.headshot(shoot({ kind: 'none' }))).toEqual({
		ok: true,
		filename: 'ada@example.com - Analyst - headshot.webp',
	});
	const served = await (await fetch(picture.url)).arrayBuffer();
	expect(new Uint8Array(await saved[0]!.blob.arrayBuffer())).toEqual(new Uint8Array(served));
});

test('one worker serves all that are under way, and is gone with the last', async () => {
	const count = watchWorkers();
	const { its, saved } = saver();
	const ada = shoot({ kind: 'own-crop' });
	await Promise.all([its.pfp(ada), its.headshot(ada)]);
	expect(count).toEqual({ started: 1, ended: 1 });
	await its.pfp(ada);
	expect(count).toEqual({ started: 2, ended: 2 });
	expect(saved).toHaveLength(3);
});

test('a cancelled worker is ended, even one that has hardly started', async () => {
	const count = watchWorkers();
	const { its, saved } = saver();
	const result = its.pfp(shoot({ kind: 'own-crop' }));
	its.cancel();
	expect(await result).toEqual({ ok: false, reason: null });
	await expect.poll(() => count).toEqual({ started: 1, ended: 1 });
	expect(saved).toEqual([]);
});

test('where no worker may run, the page itself makes the file', async () => {
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	vi.stubGlobal('Worker', undefined);
	const { its, saved } = saver();
	expect(await its.pfp(shoot({ kind: 'own-crop' }))).toMatchObject({ ok: true });
	expect(await sizeOf(saved[0]!.blob)).toEqual(['image/png', 600, 600]);
});
