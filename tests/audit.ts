/**
 * `npm run audit`: fails when what the build contains has a known vulnerability. Where the registry can't be asked
 * (no network, or one without that service) it says so and passes: that is no fault of this project.
 */
import { spawnSync } from 'node:child_process';

const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];
const { status, stdout } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
const report = parse(stdout);

if (report?.auditReportVersion === undefined) {
	console.log('The registry could not be asked for known vulnerabilities: nothing was checked.');
} else if (status === 0) {
	console.log('No known vulnerability in what the build contains.');
} else {
	console.error(`Known vulnerabilities: ${Object.keys(report.vulnerabilities ?? {}).join(', ')}`);
	process.exitCode = 1;
}

function parse(text: string): { auditReportVersion?: number; vulnerabilities?: object } | null {
	try {
		return JSON.parse(text) as object;
	} catch {
		return null;
	}
}
