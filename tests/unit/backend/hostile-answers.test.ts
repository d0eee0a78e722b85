import fc from 'fast-check';
import { afterEach, beforeAll, afterAll, describe, expect, test, vi } from 'vitest';
import { Backend } from '$lib/backend/client';
import { BackendError } from '$lib/backend/errors';
import { planDownload } from '$lib/download/job/plan';
import { Gallery } from '$lib/gallery/gallery.svelte';
import { attention } from '$lib/members/attention';
import { matching } from '$lib/members/arrange';
import { loadRoster, loadShoots, type RosterData, type Shoots } from '$lib/members/load';
import { listPeople } from '$lib/members/people';
import { mount, type Mounted } from '../../backend/mount.ts';
import { startStandIn, type StandIn } from '../../backend/stand-in.ts';
import { quickLimits } from './client-helpers.ts';

// Thousands of answers are read, perhaps on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

type Path = (string | number)[];

/** What no field is; `undefined` leaves it out. */
const junk: readonly unknown[] = [
	undefined,
	null,
	-1,
	1e308,
	999_999,
	'',
	'NaN',
	'\ud800',
	'a\u0000\u202e\n'.repeat(50),
	'x'.repeat(1_000_000),
	[],
	[null, [], {}, 'text', 7],
	{},
	JSON.parse('{"__proto__":{"id":"p","main":"p","teams":[]},"constructor":null,"toString":7,"length":-1}'),
	nested(2000),
];

/** More of it, for the lottery. */
const moreJunk: readonly unknown[] = [
	...junk.filter((value) => typeof value !== 'string' || value.length < 1000),
	...[true, 0, 7.5, 'text', '-1', '1e999', '..', '__proto__', 'hasOwnProperty', 'javascript:alert(1)'],
];

/** Each answer of the API, and what reads it. */
const answers = [
	{ name: 'the organization', path: /organization$/, load: roster },
	{ name: 'the members', path: /organization\/team$/, load: roster },
	{ name: 'the models', path: /organization\/models$/, load: shoots },
	{ name: 'the favorites', path: /photos\/favorites$/, load: shoots },
	{ name: 'one favorite', path: /photos\/favorite$/, load: shootsOneByOne },
	{ name: 'one profile picture', path: /profile-picture$/, load: profilePicture },
	{ name: 'the invites', path: /organization\/invites$/, load: roster },
	{ name: 'a gallery', path: /models\/[^/]+\/photos$/, load: gallery },
];

let standIn: StandIn;
let page: Mounted;
let lists: Record<string, { answer: unknown; fields: Path[] }>;

beforeAll(async () => {
	standIn = await startStandIn({
		members: 2,
		plain: true,
		auth: { kind: 'open' },
		rateLimit: { perMinute: 1e9 },
	});
	page = await mount(standIn);
	const model = standIn.company.shoots[0]?.id ?? '';
	const paths = ['', '/team', '/models', '/photos/favorites?include=all'];
	const own = [`/models/${model}/photos/favorite?include=all`, `/models/${model}/profile-picture`];
	const others = ['/invites', `/models/${model}/photos?include=all&limit=3`];
	const bodies = await Promise.all([...paths, ...own, ...others].map((path) => page.get(path)));
	lists = Object.fromEntries(
		answers.map(({ name }, n) => [name, { answer: bodies[n], fields: fieldsOf(bodies[n]) }]),
	);
});

afterEach(() => {
	standIn.faults.clear();
	standIn.log.length = 0;
});

afterAll(async () => {
	await page.close();
	await standIn.close();
});

describe('whatever stands in the place of a field, the answer is read or refused with a sentence', () => {
	test.each(answers)('$name', async ({ name, path, load }) => {
		const { fields } = lists[name]!;
		expect(fields.length).toBeGreaterThan(4);
		const ended = { read: 0, refused: 0 };
		for (const field of fields) {
			for (const value of junk) {
				const how = await endOf(load, [{ path, field, value }]);
				expect(how, `${name}: ${field.join('.')} = ${show(value)}`).toMatch(/^(read|refused)$/);
				ended[how as keyof typeof ended]++;
			}
		}
		// A field of one item costs no more than that item.
		expect(ended.read).toBeGreaterThan(ended.refused);
	});

	test('several at once, in several answers', async () => {
		const change = fc.constantFrom(...answers).chain(({ name, path }) =>
			fc.record({
				path: fc.constant(path),
				field: fc.constantFrom(...lists[name]!.fields),
				value: fc.oneof(fc.constantFrom(...moreJunk), fc.jsonValue({ maxDepth: 3 })),
			}),
		);
		const load = fc.constantFrom(roster, shoots, shootsOneByOne);
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), load, async (changes, each) => {
				expect(await endOf(each, changes)).toMatch(/^(read|refused)$/);
			}),
			{ numRuns: 200 },
		);
	});

	test('the whole body is any JSON at all', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...answers), fc.json({ maxDepth: 4 }), async (answer, body) => {
				standIn.faults.clear();
				standIn.faults.add({ kind: 'raw', body, api: answer.path });
				expect(await endOf(answer.load, [])).toMatch(/^(read|refused)$/);
			}),
			{ numRuns: 120 },
		);
	});

	test('the whole body is nested deeper than an engine likes', async () => {
		for (const { path, load } of answers) {
			for (const body of [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '{"a":'.repeat(100_000)]) {
				standIn.faults.clear();
				standIn.faults.add({ kind: 'raw', body, api: path });
				expect(await endOf(load, [])).toMatch(/^(read|refused)$/);
			}
		}
	});
});

test('a field that is junk in one item leaves the others untouched', async () => {
	const [kept, spoilt] = standIn.company.shoots;
	for (const { name, path } of answers.slice(1, 4)) {
		const items = lists[name]!.fields.filter((field) => field.length >= 3 && field[1] === 1);
		expect(items.length, name).toBeGreaterThan(4);
		for (const field of items) {
			spoil([{ path, field, value: [null] }]);
			const { shoots } = await loadShoots(connect(), null, AbortSignal.timeout(20_000));
			const one = shoots.find((shoot) => shoot.id === kept?.id);
			expect(one, `${name} ${field.join('.')}`).toMatchObject({
				email: kept?.email,
				favorite: { photoId: kept?.favoriteId },
			});
			expect(shoots.length, spoilt?.id).toBeGreaterThanOrEqual(1);
		}
	}
});

interface Change {
	path: RegExp;
	field: Path;
	value: unknown;
}

type Load = (backend: Backend, signal: AbortSignal) => Promise<unknown>;

/** 'read' or 'refused'; anything else is the failure. Never takes long, and never asks without end. */
async function endOf(load: Load, changes: Change[]): Promise<string> {
	if (changes.length > 0) spoil(changes);
	standIn.log.length = 0;
	const backend = connect();
	try {
		check(await load(backend, AbortSignal.timeout(20_000)));
		return standIn.log.length <= 60 ? 'read' : `${standIn.log.length} requests`;
	} catch (error) {
		if (!(error instanceof BackendError)) return `not a BackendError: ${(error as Error)?.stack ?? error}`;
		if (!/^[^\s].{7,600}$/su.test(error.message)) return `no sentence: ${error.message}`;
		return standIn.log.length <= 60 ? 'refused' : `${standIn.log.length} requests`;
	} finally {
		backend.dispose();
	}
}

function connect(): Backend {
	return new Backend({
		apiBase: `${page.origin}/api/v2`,
		limits: { ...quickLimits, tries: 2, pauseCapMs: 1, pauses: 2 },
	});
}

function spoil(changes: Change[]): void {
	standIn.faults.clear();
	for (const { path, field, value } of changes) {
		standIn.faults.add({
			kind: 'replace-json',
			api: path,
			edit: (answer: unknown) => {
				if (field.length === 0) return value ?? null;
				replace(answer, field, value);
				return answer;
			},
		});
	}
}

/** What was read can be used: it is what its type says, and a download can be planned of it. */
function check(result: unknown): void {
	if (typeof result !== 'object' || result === null || !('shoots' in result)) return;
	const { shoots, skipped } = result as Shoots;
	for (const sentence of skipped) {
		if (sentence.length > 1200) throw new Error(`${sentence.length} letters`);
		if (!/^(One of the \w+|The favorite of .+) could not be read: .+\.$/su.test(sentence))
			throw new Error(`no sentence: ${sentence.slice(0, 600)}`);
	}
	if (new Set(shoots.map((shoot) => shoot.id)).size !== shoots.length) throw new Error('one shoot twice');
	for (const { id, email, name, title, team, finishedAt, favorite } of shoots) {
		const texts = [id, email, name, title, team?.id ?? null, team?.name ?? null];
		if (!texts.every((text) => text === null || (typeof text === 'string' && text !== '')))
			throw new Error(`texts: ${JSON.stringify(texts)}`);
		if (finishedAt !== null && !Number.isFinite(finishedAt)) throw new Error(`finishedAt: ${finishedAt}`);
		if (favorite && typeof favorite.headshot.url !== 'string') throw new Error('headshot');
	}
	if ('joined' in result) checkPeople(result as RosterData);
	const { favorites } = planDownload(shoots);
	if (new Set(favorites.map(({ folder }) => folder)).size !== favorites.length) throw new Error('folders');
}

function checkPeople({ shoots, joined, invited, deleted }: RosterData): void {
	const people = listPeople(shoots, joined, invited);
	if (new Set(people.map(({ key }) => key)).size !== people.length) throw new Error('one member twice');
	for (const { email } of invited) if (!email.includes('@')) throw new Error(`invited: ${email}`);
	for (const { id } of [...joined, ...deleted]) if (!id) throw new Error('nobody');
	matching(people, 'an');
	attention(shoots, { actioned: () => false, changed: () => false, now: Date.now() });
}

/** As the gallery reads it: page by page, at most 60 of them. */
async function gallery(backend: Backend, signal: AbortSignal): Promise<void> {
	const shownGallery = new Gallery(backend);
	shownGallery.show({ id: standIn.company.shoots[0]?.id ?? '', favorite: null });
	signal.addEventListener('abort', () => shownGallery.dispose());
	while (shownGallery.state.kind === 'loading') await new Promise((resolve) => setTimeout(resolve, 1));
	const { state } = shownGallery;
	shownGallery.dispose();
	if (state.kind === 'failed') throw new BackendError('unexpected', state.reason);
}

function roster(backend: Backend, signal: AbortSignal) {
	return loadRoster(backend, signal);
}

function shoots(backend: Backend, signal: AbortSignal) {
	return loadShoots(backend, null, signal);
}

/** Behind a backend without a list of favorites. */
function shootsOneByOne(backend: Backend, signal: AbortSignal) {
	standIn.faults.add({ kind: 'status', status: 404, api: /photos\/favorites$/ });
	return loadShoots(backend, null, signal);
}

function profilePicture(backend: Backend, signal: AbortSignal) {
	return backend.profilePictureOf(standIn.company.shoots[0]?.id ?? '', signal);
}

/** Where every field of an answer is, the answer itself among them; of a list, those of its last item. */
function fieldsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const keys = Array.isArray(value) ? [value.length - 1] : Object.keys(value);
	return [path, ...keys.flatMap((key) => fieldsOf((value as Record<string, unknown>)[key], [...path, key]))];
}

function replace(answer: unknown, field: Path, value: unknown): void {
	const last = field.at(-1)!;
	let at = answer as Record<string | number, unknown> | null | undefined;
	for (const key of field.slice(0, -1)) at = at?.[key] as typeof at;
	if (typeof at !== 'object' || at === null) return;
	if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
	else if (value === undefined) Reflect.deleteProperty(at, last);
	else Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
}

function nested(depth: number): unknown {
	let value: unknown = 'core';
	for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { id: value };
	return value;
}

function show(value: unknown): string {
	return (JSON.stringify(value) ?? 'left out').slice(0, 60);
}
