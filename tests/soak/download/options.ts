import type { Random } from '../../backend/random.ts';
import type { Form } from '../model/plan.ts';
import { systems, type SystemId } from '../model/systems.ts';
import type { World } from '../world.ts';

export function drawForm(luck: Random): Form {
	const preset =
		luck.between(1, 2) === 1 ? luck.pick(Object.keys(systems) as [SystemId, ...SystemId[]]) : null;
	const flat = luck.pick(['flat-headshot', 'flat-pfp'] as const);
	const form: Form = {
		preset,
		layout: luck.pick(['folders', 'folders', flat]),
		files: luck.pick(['both', 'headshots', 'pfps']),
		side: luck.pick([null, null, 192]),
		index: luck.between(0, 1) === 1,
		readme: luck.between(0, 1) === 1,
	};
	if (preset === null) return form;
	return { ...form, layout: systems[preset].onlyHeadshots ? 'flat-headshot' : flat, side: null };
}

export function formInWords({ preset, layout, files, side, index, readme }: Form): string {
	const parts = [preset, layout, layout === 'folders' && files, side !== null && `${side} px`];
	return [...parts, index && 'index', readme && 'README'].filter(Boolean).join(', ');
}

/** The dialog remembers what was chosen last: so all of it is chosen. */
export async function downloadWith({ first: { page } }: World, form: Form): Promise<void> {
	await page.getByRole('button', { name: 'More ways to download' }).click();
	await page.getByRole('menuitem', { name: 'Options…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Download options' });
	const { preset, layout, files, side, index, readme } = form;
	await dialog.getByLabel('Made for').selectOption(preset ?? '');
	await dialog.getByLabel(preset === null ? 'Layout' : 'Picture', { exact: true }).selectOption(layout);
	if (layout === 'folders') await dialog.getByLabel('Files', { exact: true }).selectOption(files);
	if (preset === null)
		await dialog.getByLabel('Size', { exact: true }).selectOption(side === null ? '' : String(side));
	await dialog.getByLabel('Add index.csv').setChecked(index);
	await dialog.getByLabel('Add README.txt').setChecked(readme);
	await dialog.getByRole('button', { name: 'Download with these options' }).click();
}
