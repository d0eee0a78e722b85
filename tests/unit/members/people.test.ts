import { describe, expect, test } from 'vitest';
import type { WireInvite, WireModel, WireTeamMember } from '$lib/backend/contract';
import { assembleDeleted, assembleInvited, assembleJoined, assembleShoots } from '$lib/members/assemble';
import { listPeople } from '$lib/members/people';
import { finishedShoot } from './people-helpers.ts';

const noTeam = { teamId: null, teamName: null };

function member(id: string, changed: Partial<WireTeamMember> = {}): WireTeamMember {
	return {
		id,
		email: `${id}@example.com`,
		name: id,
		status: 'pending',
		modelId: null,
		joinedAt: null,
		...noTeam,
		...changed,
	};
}

function model(id: string, status: string, changed: Partial<WireModel> = {}): WireModel {
	return {
		id,
		email: null,
		title: null,
		status,
		isDevelopment: false,
		createdAt: null,
		finishedAt: null,
		...noTeam,
		...changed,
	};
}

function invite(email: string, changed: Partial<WireInvite> = {}): WireInvite {
	return { id: email, email, status: 'pending', modelId: null, createdAt: null, ...noTeam, ...changed };
}

describe('who has joined', () => {
	const joined = (members: WireTeamMember[], models: WireModel[]) => {
		const lists = { members, models, favorites: [] };
		return assembleJoined(lists, assembleShoots(lists));
	};

	test.each([
		['onboarding', 'uploading'],
		['waiting', 'uploading'],
		['pending', 'generating'],
		['generatingHeadshots', 'generating'],
		['failed', 'failed'],
		['deleted', 'gone'],
	])('with a shoot that is %s is %s', (status, step) => {
		expect(joined([member('a', { modelId: 'x' })], [model('x', status)])).toMatchObject([{ id: 'a', step }]);
	});

	test('and is done although no list names a shoot, has had one', () => {
		const done = member('a', { status: 'finished', modelId: 'lost' });
		expect(joined([done, member('b')], [])).toMatchObject([{ step: 'gone' }, { step: 'joined' }]);
	});

	test('has no finished shoot, be it known by its id or by the address', () => {
		const members = [member('a', { modelId: 'x' }), member('b'), member('c', { modelId: 'lost' })];
		const models = [model('x', 'active'), model('y', 'active', { email: 'B@example.com' })];
		expect(joined(members, models).map(({ id }) => id)).toEqual(['c']);
	});

	test('a test shoot does not finish a member', () => {
		const test = model('x', 'active', { isDevelopment: true });
		expect(joined([member('a', { modelId: 'x' })], [test])).toHaveLength(1);
	});

	test('the latest comes first', () => {
		const members = [1, 3, 2].map((joinedAt) => member(`m${joinedAt}`, { joinedAt }));
		expect(joined(members, []).map(({ id }) => id)).toEqual(['m3', 'm2', 'm1']);
	});
});

test('an invite counts while it is pending, once for each address, and not for who is in the team', () => {
	const invites = [
		invite('new@example.com', { createdAt: 1 }),
		invite('NEW@example.com'),
		invite('a@example.com'),
		invite('gone@example.com', { status: 'revoked' }),
		invite('in@example.com', { status: 'accepted' }),
		invite('late@example.com', { createdAt: 2, teamId: 't', teamName: 'Sales' }),
	];
	expect(assembleInvited(invites, [member('a')])).toEqual([
		{ email: 'late@example.com', team: { id: 't', name: 'Sales' }, invitedAt: 2 },
		{ email: 'new@example.com', team: null, invitedAt: 1 },
	]);
});

test('deleted shoots are told, but for test shoots', () => {
	const models = [
		model('x', 'deleted', { email: 'a@example.com', title: 'Chef' }),
		model('y', 'deleted', { isDevelopment: true }),
		model('z', 'active'),
	];
	expect(assembleDeleted({ members: [member('a')], models, favorites: [] })).toEqual([
		{ id: 'x', email: 'a@example.com', title: 'Chef', name: 'a', team: null },
	]);
});

test('everybody is listed once, with the latest shoot', () => {
	const shoots = [
		finishedShoot('new', { memberId: 'm', finishedAt: 2, title: 'CTO' }),
		finishedShoot('test', { isTest: true }),
		finishedShoot('old', { memberId: 'm', finishedAt: 1, title: 'Intern' }),
		finishedShoot('left', { memberId: null, email: 'Left@example.com' }),
	];
	const people = listPeople(
		shoots,
		[{ id: 'j', email: null, name: 'Jo', title: null, team: null, joinedAt: 0, step: 'joined' }],
		[{ email: 'i@example.com', team: null, invitedAt: null }],
	);
	expect(people.map(({ key, status, title, shootIds }) => [key, status, title, shootIds])).toEqual([
		['m', 'finished', 'CTO', ['new', 'old']],
		['left@example.com', 'finished', null, ['left']],
		['j', 'joined', null, []],
		['invite i@example.com', 'invited', null, []],
	]);
});
