import type { JobRecord, JournalRecord } from '../../../src/lib/storage/schema.ts';
import type { Random } from '../../backend/random.ts';
import { pickSome } from '../actions/marks.ts';
import type { File } from '../model/faults.ts';
import type { Organization } from '../model/organization.ts';
import { everything, planOf, type Form, type Order, type PlannedFile } from '../model/plan.ts';
import { unfinishedJobs } from '../page/storage.ts';
import { untilAttribute, untilNone, untilShown } from '../waits.ts';
import type { World } from '../world.ts';
import { downloadWith, drawForm, formInWords } from './options.ts';

/** A download that is about to be started. */
export interface Prepared {
	says: string;
	/** Whose photos they are. */
	whose: Organization;
	order: Order;
	plan: PlannedFile[];
	/** `shoot file` of what is here already, and must not be asked for again. */
	safe: Set<string>;
	press(): Promise<void>;
}

type Prepare = (world: World, luck: Random) => Promise<Pick<Prepared, 'says' | 'order' | 'press'> | null>;

const ways: readonly [Prepare, ...Prepare[]] = [all, withOptions, selected, onlyNew];

/** Any download that can be started now. */
export async function prepare(world: World, luck: Random): Promise<Prepared | null> {
	const { seen } = world.first;
	const how = luck.pick(ways);
	if (!seen.shoots.some(({ favoriteId }) => favoriteId !== null)) return null;
	await world.first.showAll();
	const prepared = await how(world, luck);
	if (prepared === null) return null;
	return {
		...prepared,
		whose: world.current,
		plan: planOf(world.standIn, prepared.order),
		safe: new Set(),
	};
}

async function all({ first: { admin } }: World): ReturnType<Prepare> {
	return { says: 'all', order: everything, press: () => admin.downloadButton.click() };
}

async function withOptions(world: World, luck: Random): ReturnType<Prepare> {
	const form = drawForm(luck);
	return {
		says: formInWords(form),
		order: { ...everything, form },
		press: () => downloadWith(world, form),
	};
}

/** Whoever is new, or has changed, since the last archive. */
async function onlyNew({ first: { page, seen }, current }: World): ReturnType<Prepare> {
	const fresh = current.delivered.fresh(seen.shoots);
	const open = () => page.getByRole('button', { name: 'More ways to download' }).click();
	const item = page.getByRole('menuitem', {
		name: fresh?.length ? new RegExp(`^Only ${fresh.length} new or changed since `) : /^Only new or changed/,
	});
	if (fresh === null || fresh.length === 0) {
		await open();
		await untilShown(page.getByRole('menuitem', { name: 'Options…' }));
		if (fresh === null) await untilNone(page.getByRole('menuitem', { name: /^Only / }));
		else await untilAttribute(item, 'aria-disabled', 'true');
		await page.keyboard.press('Escape');
		return null;
	}
	return {
		says: `only ${fresh.length} new`,
		order: { ...everything, shootIds: fresh.map(({ id }) => id) },
		async press() {
			await open();
			await item.click();
		},
	};
}

async function selected(world: World, luck: Random): ReturnType<Prepare> {
	const { first } = world;
	const picked = await pickSome(first, world, luck);
	if (picked === null) return null;
	const bar = first.page.getByRole('group', { name: 'Selected members' });
	const shootIds = picked.filter(({ favoriteId }) => favoriteId !== null).map(({ id }) => id);
	if (shootIds.length === 0) {
		await bar.getByRole('button', { name: 'Clear' }).click();
		return null;
	}
	return {
		says: `${picked.length} selected`,
		order: { ...everything, shootIds },
		press: () => bar.getByRole('button', { name: 'Download', exact: true }).click(),
	};
}

/** What of a request is written into the browser. */
interface Request {
	options: Omit<Form, 'side'> & { size: { side: number } | null };
	shootIds: string[] | null;
	files: { shootId: string; file: 'headshot.jpg' | 'pfp.jpg' }[] | null;
}

/** Goes on with what was interrupted last. */
export async function prepareRest(world: World): Promise<Prepared | null> {
	const { first, standIn } = world;
	const kept = await first.kept();
	const [job] = unfinishedJobs(kept, world.current.uid);
	if (!job) return null;
	await first.showAll();
	world.tally.continued++;
	const order = orderOf(job);
	const plan = planOf(standIn, order);
	return {
		says: `${order.shootIds === null ? 'all' : 'some'} again`,
		whose: world.current,
		order,
		plan,
		safe: safeOf(
			kept.journal.filter((one) => one.job === job.id),
			plan,
		),
		press: () => first.page.getByRole('button', { name: 'Continue', exact: true }).click(),
	};
}

function orderOf({ request }: JobRecord): Order {
	const { options, shootIds, files } = request as Request;
	const only = files?.map(({ shootId, file }) => ({ shootId, file: file.replace('.jpg', '') as File }));
	return { form: { ...options, side: options.size?.side ?? null }, shootIds, only: only ?? null };
}

/** What can be kept of a file: all before the first that nobody wants any more. */
function safeOf(journal: JournalRecord[], plan: PlannedFile[]): Set<string> {
	const wanted = new Map(plan.map((file) => [file.path, file]));
	const safe = new Set<string>();
	for (const { path, identity } of journal.sort((a, b) => a.offset - b.offset)) {
		const file = wanted.get(path);
		const [shootId, photoId] = JSON.parse(identity) as string[];
		if (file?.shoot.id !== shootId || file?.shoot.favoriteId !== photoId) break;
		safe.add(`${shootId} ${file!.file}`);
	}
	return safe;
}
