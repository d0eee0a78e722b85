import type { JobRecord, JournalRecord } from '../../../src/lib/storage/schema.ts';
import type { Random } from '../../backend/random.ts';
import { pickSome } from '../actions/marks.ts';
import type { File } from '../model/faults.ts';
import { everything, planOf, type Form, type Order, type PlannedFile } from '../model/plan.ts';
import { unfinishedJobs } from '../page/storage.ts';
import type { World } from '../world.ts';

/** A download that is about to be started. */
export interface Prepared {
	says: string;
	order: Order;
	plan: PlannedFile[];
	/** `shoot file` of what is here already, and must not be asked for again. */
	safe: Set<string>;
	press(): Promise<void>;
}

type Prepare = (world: World, luck: Random) => Promise<Omit<Prepared, 'plan' | 'safe'> | null>;

const ways: readonly [Prepare, ...Prepare[]] = [all, all, withOptions, selected];

/** Any download that can be started now. */
export async function prepare(world: World, luck: Random): Promise<Prepared | null> {
	const { seen } = world.first;
	const how = luck.pick(ways);
	if (!seen.shoots.some(({ favoriteId }) => favoriteId !== null)) return null;
	await world.first.showAll();
	const prepared = await how(world, luck);
	return prepared && { ...prepared, plan: planOf(world.standIn, prepared.order), safe: new Set() };
}

async function all({ first: { admin } }: World): ReturnType<Prepare> {
	return { says: 'all', order: everything, press: () => admin.downloadButton.click() };
}

async function withOptions({ first: { page } }: World, luck: Random): ReturnType<Prepare> {
	const form: Form = {
		layout: luck.pick(['folders', 'flat-headshot', 'flat-pfp']),
		files: luck.pick(['both', 'headshots', 'pfps']),
		index: luck.between(0, 1) === 1,
		readme: luck.between(0, 1) === 1,
	};
	const dialog = page.getByRole('dialog', { name: 'Download options' });
	return {
		says: `${form.layout}, ${form.files}${form.index ? ', index' : ''}${form.readme ? ', README' : ''}`,
		order: { ...everything, form },
		async press() {
			await page.getByRole('button', { name: 'More ways to download' }).click();
			await page.getByRole('menuitem', { name: 'Options…' }).click();
			await dialog.getByLabel('Layout').selectOption(form.layout);
			if (form.layout === 'folders')
				await dialog.getByLabel('Files', { exact: true }).selectOption(form.files);
			await dialog.getByLabel('Add index.csv').setChecked(form.index);
			await dialog.getByLabel('Add README.txt').setChecked(form.readme);
			await dialog.getByRole('button', { name: 'Download with these options' }).click();
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
	options: Form;
	shootIds: string[] | null;
	files: { shootId: string; file: 'headshot.jpg' | 'pfp.jpg' }[] | null;
}

/** Goes on with what was interrupted last. */
export async function prepareRest(world: World): Promise<Prepared | null> {
	const { first, standIn } = world;
	const kept = await first.kept();
	const [job] = unfinishedJobs(kept);
	if (!job) return null;
	await first.showAll();
	world.tally.continued++;
	const order = orderOf(job);
	const plan = planOf(standIn, order);
	return {
		says: `${order.shootIds === null ? 'all' : 'some'} again`,
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
	return { form: options, shootIds, only: only ?? null };
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
