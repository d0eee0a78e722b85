import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The house, from the ground up. A room may import the rooms that its floor names, by `$lib/room/file`, and its own
 * files by `./file`. What isn't named here is forbidden.
 */
const ground = ['ui', 'storage', 'backend', 'zip', 'photos', 'table', 'worker', 'net'];
/** Each by itself: only a screen, or the session, puts two of them together. */
const features = ['download', 'one-photo', 'actioned', 'gallery', 'csv', 'access', 'offline'];
const rooms = {
	// The cellar: patience, with a bad network and amid long work. Whatever takes its time stands on it.
	net: [],
	ui: [],
	storage: [],
	table: [],
	worker: [],
	zip: ['net'],
	backend: ['net'],
	photos: ['net'],
	members: ground,
	...Object.fromEntries(features.map((feature) => [feature, [...ground, 'members']])),
	session: [...ground, 'members', ...features],
	screens: [...ground, 'members', ...features, 'session'],
	app: [...ground, 'members', ...features, 'session', 'screens'],
};

/** The download is a house of its own: each of its folders may import those before it, and the files beside them. */
const downloadFloors = ['options', 'job', 'kept', 'running', 'view'];

const directions = [
	...Object.entries(rooms).map(([room, below]) => direction(room, below)),
	...downloadFloors.map((floor, index) => {
		const above = downloadFloors.slice(index + 1).map((one) => `$lib/download/${one}/*`);
		const rule = { group: above, message: `${floor}/ stands below them.` };
		return direction('download', rooms.download, `${floor}/`, above.length > 0 ? [rule] : []);
	}),
];

/** One `no-restricted-imports` a room, since a later one replaces an earlier one. */
function direction(room, below, folder = '', more = []) {
	return {
		files: [`src/lib/${room}/${folder}**/*.{ts,svelte}`],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['$app/*', '$env/*', '$service-worker', '@sveltejs/kit*'],
							message: 'Nothing under lib knows SvelteKit.',
						},
						{ group: ['../*'], message: 'Other rooms are imported by $lib/room/file.' },
						{
							group: ['$lib/*', ...[room, ...below].map((allowed) => `!$lib/${allowed}`)],
							message: `${room}/ may import only: ${below.join(', ') || 'nothing of ours'}.`,
						},
						...more,
						...only('ky', 'ky', room === 'backend'),
						...only('comlink', 'comlink', room === 'worker'),
						...only('jszip', 'jszip', room === 'zip'),
						...only('bits-ui', 'bits-ui', room === 'ui'),
						...only('virtua', 'virtua/*', room === 'ui'),
						...only('idb', 'idb', room === 'storage'),
						...only('papaparse', 'papaparse', room === 'table'),
					],
				},
			],
		},
	};
}

/** Two ways in, beside each other: the element knows neither SvelteKit nor the page's own files. */
const waysIn = {
	files: ['src/embed/**/*.{ts,svelte}'],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						group: ['$app/*', '$env/*', '$service-worker', '@sveltejs/kit*', '../routes/*'],
						message: 'The element knows no SvelteKit.',
					},
				],
			},
		],
	},
};

function only(name, group, allowed) {
	return allowed ? [] : [{ group: [group], message: `${name} has one room of its own.` }];
}

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'test-results/', 'node_modules/'] },
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript sees undefined names itself.
			'no-undef': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
			'no-console': 'off',
			eqeqeq: 'error',
			// Sets and Maps are replaced whole, in `$state.raw`: ten thousand signals would be slower.
			'svelte/prefer-svelte-reactivity': 'off',
			// Addresses come resolved from `routes/`: nothing else knows them.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
	},
	{
		// What runs in a worker sees no page.
		files: [
			'src/lib/{backend,net,photos,table,zip}/**/*.ts',
			'src/lib/download/job/**/*.ts',
			'src/lib/members/{load,fresh-photo,assemble,member,names,people,safe-text,unique-names}.ts',
			'src/lib/{one-photo,csv,offline}/job/**/*.ts',
		],
		rules: {
			'no-restricted-globals': ['error', 'window', 'document', 'location', 'localStorage', 'sessionStorage'],
		},
	},
	...directions,
	waysIn,
);
