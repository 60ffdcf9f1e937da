// The lobby screen without a network: the last good board, with its time, and what still works.
import { CUT } from '../away.ts';
import { alive, expect, test } from '../house.ts';

test('without a network the lobby screen shows its last good board, and comes back by itself', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  house.expects(...CUT);
  const screen = await house.screen(true);
  await screen.goto('/kiosk');
  const copy = () => screen.evaluate(async () => (await caches.match('/kiosk', { cacheName: 'board', ignoreVary: true }))?.text());
  await expect.poll(copy, { timeout: 30_000 }).toContain('data-build');
  // Whoever stood there last chose another language: what is kept is nobody's.
  await screen.getByRole('button', { name: '繁體中文' }).click();
  await expect(screen.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await alive(screen);
  await expect.poll(copy).toMatch(/<html[^>]* lang="en"/);

  await screen.context().setOffline(true);
  await expect(screen.getByRole('status').filter({ hasText: '目前沒有網絡連接' })).toBeVisible();
  await screen.context().clearCookies({ name: '__Host-manners' });
  await screen.reload();
  const notice = screen.getByRole('status').filter({ hasText: /No connection just now. This is the board as of today \d\d:\d\d/ });
  await expect(notice).toBeVisible();
  await expect(screen.getByText('Call the desk')).toBeVisible();
  await expect(screen.getByRole('button', { name: '繁體中文' })).toBeHidden();

  await screen.context().setOffline(false);
  await expect(notice).toBeHidden();
  await expect(screen.getByRole('button', { name: '繁體中文' })).toBeVisible();
});
