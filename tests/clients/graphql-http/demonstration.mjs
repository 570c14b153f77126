// A demonstration of its own, on a free port and in a directory that goes with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts `jianyan demo`; the address of its endpoint, and how to end it. */
export async function demonstration(program) {
    const directory = await mkdtemp(join(tmpdir(), 'jianyan-http-'));
    const child = spawn(program, ['demo'], {
        env: { ...process.env, JIANYAN_DATA_DIR: directory, JIANYAN_LISTEN: '127.0.0.1:0', JIANYAN_LOG: 'warn' },
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    ended.catch(() => {});
    const stop = async () => {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
        await ended.catch(() => {});
        await rm(directory, { recursive: true, force: true });
    };
    const lines = createInterface({ input: child.stdout });
    // Once the address is read the lines go on being taken, or the program would wait for its reader.
    const listening = new Promise((resolve, reject) => {
        lines.on('line', (line) => {
            const url = /GraphQL: (http:\S+?)\)/.exec(line)?.[1];
            if (url) resolve(url);
        });
        child.once('error', reject);
        lines.once('close', () => reject(new Error('the demonstration ended before it listened')));
    });
    try {
        return { url: await listening, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}
