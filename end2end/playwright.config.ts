// The journeys in real Chromium, each surface with scripts off and hydrated. `make e2e` sets the stage:
// STEWARD (the server), CHROMIUM (the browser), DATABASE_URL (an empty, throw-away database).
import { defineConfig } from '@playwright/test';
import type { Options, Surface } from './house.ts';

const { STEWARD = 'steward', STEWARD_PORT, CHROMIUM } = process.env;

/** A surface once alive and once without scripts. What only one of them can do is tagged so. */
function projects(surface: Surface, folder: string) {
  return [
    { name: `${surface} hydrated`, testMatch: [`${folder}/**/*.spec.ts`, 'a11y.spec.ts'], use: { surface, scripts: true }, grepInvert: /@plain/ },
    { name: `${surface} scripts off`, testMatch: [`${folder}/**/*.spec.ts`], use: { surface, scripts: false }, grepInvert: /@hydrated/ },
  ];
}

export default defineConfig<Options>({
  testDir: '.',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Every test brings its own matters and reads no other's: files may run side by side.
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['html', { open: 'never' }], ['./last.ts']],
  use: {
    // Secure cookies over plain HTTP: browsers allow that to localhost alone.
    baseURL: `http://localhost:${STEWARD_PORT}`,
    timezoneId: 'Asia/Shanghai',
    locale: 'en-GB',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [...projects('phone', 'resident'), ...projects('tablet', 'staff'), ...projects('kiosk', 'kiosk')],
  // With STEWARD_PORT set, the server that runs there already.
  webServer: STEWARD_PORT ? undefined : {
    command: `exec "${STEWARD}" serve --demo --host localhost --port 0`,
    wait: { stdout: /Residents\s+http:\/\/[^\s/]+:(?<steward_port>\d+)\// },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stderr: 'pipe',
  },
});
