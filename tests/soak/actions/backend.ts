import { favorites } from '../../e2e/support/company.ts';
import { addMember, changeFavorite, removeMember } from '../model/company.ts';
import { draw, type Action } from './action.ts';

export const photoFault: Action = {
	name: 'photo fault',
	weight: 16,
	behind: true,
	async run(world, luck) {
		const shoot = draw(favorites(world.standIn), luck);
		if (shoot === null) return null;
		const file = luck.pick(['headshot', 'pfp'] as const);
		return `${world.faults.setPhoto(shoot.id, file, luck)} of ${shoot.email} ${file}`;
	},
};

export const apiFault: Action = {
	name: 'API fault',
	weight: 5,
	behind: true,
	run: async (world, luck) => world.faults.setApi(luck),
};

export const clearFaults: Action = {
	name: 'clear faults',
	weight: 4,
	behind: true,
	run: async (world) => `${world.faults.clear()} of them`,
};

export const company: Action = {
	name: 'company',
	weight: 8,
	behind: true,
	async run({ standIn }, luck) {
		const change = luck.pick([changeFavorite, changeFavorite, changeFavorite, addMember, removeMember]);
		return change(standIn.company, luck);
	},
};
