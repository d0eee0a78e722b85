/**
 * A studio portrait as SVG: one of two dozen faces in one of several looks.
 * The people are "Personas by Draftbit" (CC BY 4.0), drawn by DiceBear.
 */

import { createAvatar } from '@dicebear/core';
import * as personas from '@dicebear/personas';
import { faces } from './faces.ts';
import { hash, random } from './random.ts';

/** Backdrop behind the head and at the edge. */
const backdrops = [
	['eef1f4', 'a9b4c0'],
	['f4efe8', 'bfae9b'],
	['7f8ea3', '36414f'],
	['e7ece6', '93a697'],
	['8b8580', '3b3734'],
	['e4e6f2', '8f96b8'],
] as const;
const clothes = ['2f3b52', '3d4a44', '5b3a46', '33363b', '47618a', '6b5a4b', '264653'] as const;
const smiles = ['smile', 'bigSmile', 'smile', 'smirk', 'bigSmile'] as const;
const bodies = ['squared', 'rounded', 'checkered'] as const;

/** Where the picture is cut out of the drawing (64 units wide). */
const frames = {
	portrait: { x: 7, y: 1.5, width: 50, height: 62.5 },
	square: { x: 6, y: 5, width: 52, height: 52 },
	circle: { x: 4, y: 3.5, width: 56, height: 56 },
};
export type Shape = keyof typeof frames;

/** @param width in pixels; a portrait is 4:5, the others are square. */
export function portraitSvg(face: number, look: number, shape: Shape, width: number): string {
	const frame = frames[shape];
	const height = Math.round((width * frame.height) / frame.width);
	const [lit, shade] = backdrops[hash(`backdrop of ${face}/${look}`) % backdrops.length] ?? backdrops[0];
	const whole = `x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}"`;
	const round = `cx="32" cy="${frame.y + frame.height / 2}" r="${frame.width / 2}"`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"
	viewBox="${frame.x} ${frame.y} ${frame.width} ${frame.height}">
	<defs>
		<clipPath id="cut">${shape === 'circle' ? `<circle ${round}/>` : `<rect ${whole}/>`}</clipPath>
		<radialGradient id="backdrop" cx=".42" cy=".36" r=".85">
			<stop offset="0" stop-color="#${lit}"/><stop offset="1" stop-color="#${shade}"/>
		</radialGradient>
		<radialGradient id="key" cx=".2" cy=".05" r=".95">
			<stop offset="0" stop-color="#fff7ea" stop-opacity=".28"/><stop offset="1" stop-color="#fff7ea" stop-opacity="0"/>
		</radialGradient>
		<radialGradient id="vignette" cx=".5" cy=".45" r=".75">
			<stop offset=".62" stop-opacity="0"/><stop offset="1" stop-opacity=".28"/>
		</radialGradient>
		<linearGradient id="fall" x1="0" y1="0" x2="1" y2=".25">
			<stop offset=".45" stop-opacity="0"/><stop offset="1" stop-opacity=".2"/>
		</linearGradient>
	</defs>
	<g clip-path="url(#cut)">
		<rect ${whole} fill="url(#backdrop)"/>
		${person(face, look)}
		<rect ${whole} fill="url(#key)"/>
		<rect ${whole} fill="url(#fall)"/>
		<rect ${whole} fill="url(#vignette)"/>
	</g>
</svg>`;
}

/** The drawing alone, on nothing, in its own coordinates. */
function person(face: number, look: number): string {
	const its = faces[face % faces.length] ?? faces[0];
	const luck = random(`face ${face}, look ${look}`);
	const cloth = luck.pick(clothes);
	const drawn = createAvatar(personas, {
		seed: `${face}/${look}`,
		body: [luck.pick(bodies)],
		clothingColor: [cloth],
		eyes: [its.glasses ? 'glasses' : look % 3 === 2 ? 'happy' : 'open'],
		facialHair: its.beard ? [its.beard] : [],
		facialHairProbability: its.beard ? 100 : 0,
		hair: [its.hair],
		hairColor: [its.hairColor],
		mouth: [luck.pick(smiles)],
		nose: [luck.next() < 0.5 ? 'mediumRound' : 'smallRound'],
		skinColor: [its.skinColor],
	}).toString();
	const inside = drawn
		.slice(drawn.indexOf('>') + 1, drawn.lastIndexOf('</svg>'))
		.replace(/<metadata[\s\S]*?<\/metadata>/, '')
		// Inside its mask the highlight has nothing to overlay and would lie on the skin as gray.
		.replace(/style="mix-blend-mode:overlay" opacity="[.\d]+"/g, 'opacity=".1"');
	return `<g fill="none">${inside}</g>${look % 2 === 0 ? suit(cloth, luck.pick(shirts)) : ''}`;
}

const shirts = ['ffffff', 'e8eef7', 'f6efe6'] as const;

/** Jacket and open collar over whatever the drawing wears. */
function suit(cloth: string, shirt: string): string {
	return `<path d="M9 65c0-9 5-14.2 14-15.4L27 48l5 10 5-10 4 1.6C50 50.800 55 56 55 65z" fill="#${cloth}"/>
	<path d="M26.900 47.600L32 57.500 27.800 61.500 23.600 49.300z M37.100 47.600L32 57.500 36.200 61.500 40.400 49.300z" fill="#${shirt}"/>
	<path d="M27.800 61.500L32 57.500 36.200 61.500 33.500 65h-3z" fill="#${shirt}"/><path d="M31.800 57.500h.4V65h-.4z" fill="#000" opacity=".12"/>
	<path d="M23.600 49.300L20.400 55l3.400 1.200-1.900 2.200L30.500 65z M40.400 49.300L43.600 55l-3.400 1.200 1.900 2.200L33.500 65z" fill="#fff" opacity=".1"/>`;
}
