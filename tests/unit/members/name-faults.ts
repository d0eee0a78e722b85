export function bytesOf(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

const devices = new Set(['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$']);
for (const digit of '0123456789¹²³') devices.add(`COM${digit}`).add(`LPT${digit}`);

/** What is wrong with a folder's name, said independently of how it was made. */
export function faultsOf(folder: string): string[] {
	const faults: string[] = [];
	if (folder === '') faults.push('empty');
	if (bytesOf(folder) > 120) faults.push(`${bytesOf(folder)} bytes`);
	if (Buffer.from(folder, 'utf8').toString('utf8') !== folder) faults.push('no UTF-8');
	if (folder !== folder.normalize('NFC')) faults.push('not NFC');
	if (/^[-.~ ]|[. ]$/.test(folder)) faults.push('edge');
	if (/ {2}/.test(folder)) faults.push('two spaces');
	for (const char of folder) {
		const code = char.codePointAt(0) ?? 0;
		if ('<>:"/\\|?*'.includes(char)) faults.push(`forbidden ${char}`);
		if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029)
			faults.push('control');
		if (/\p{Cf}/u.test(char)) faults.push(`format character ${code.toString(16)}`);
		if (/\p{Z}/u.test(char) && char !== ' ') faults.push(`space ${code.toString(16)}`);
	}
	const stem = folder.replace(/\..*$/s, '').trim().toUpperCase();
	if (devices.has(stem)) faults.push(`device ${stem}`);
	return faults;
}
