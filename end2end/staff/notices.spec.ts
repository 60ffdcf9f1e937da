// A notice from its draft to who has read it, on all sides at once; and an emergency on top of every page of those whom it
// addresses. In the tower, to one of its suites: nobody else's pages are taken over meanwhile.
import { cast, expect, test, type House } from '../house.ts';
import { move, moves, unfold } from '../acts.ts';
import type { Page } from '@playwright/test';

/** Drafts a notice to the suite, and opens it. */
async function draft(house: House, desk: Page, title: string, priority: string) {
  await desk.goto('/staff/notices');
  await desk.getByRole('link', { name: 'Write a notice', exact: true }).click();
  await desk.getByLabel('Title (English)').fill(title);
  await desk.getByLabel('Text (English)').fill('Please **keep the doors closed**.');
  await desk.getByRole('group', { name: 'Priority' }).getByText(priority, { exact: true }).click();
  await desk.getByLabel('Units').fill('801');
  await desk.getByRole('button', { name: 'Save the draft' }).click();
  await desk.waitForURL(/\/staff\/notices\/[0-9a-f-]{36}$/);
  await house.sees(desk.getByRole('heading', { level: 1, name: title }));
}

/** The manager approves what the desk drafted, and the desk publishes it. */
async function publish(house: House, desk: Page, manager: Page) {
  await manager.goto(new URL(desk.url()).pathname);
  await moves(manager).getByRole('button', { name: 'Approve', exact: true }).click();
  await house.sees(desk.locator('main .chip').filter({ hasText: 'Approved' }));
  const form = await unfold(moves(desk), 'Publish');
  await form.getByRole('button', { name: 'Publish', exact: true }).click();
  await house.sees(desk.locator('main .chip').filter({ hasText: 'Applies' }));
}

async function withdraw(house: House, desk: Page) {
  await move(moves(desk), 'Withdraw', async (form) => {
    await form.getByLabel('Why is it withdrawn?').fill('It is over');
  });
  await house.sees(desk.locator('main .chip').filter({ hasText: 'Withdrawn' }));
}

test('a notice is approved, comes out, and the office sees who has read it', { tag: '@notice' }, async ({ house }) => {
  const [desk, manager] = [await house.enter(cast.boyanCoordinator, 'tablet'), await house.enter(cast.boyanManager, 'tablet')];
  const phone = await house.enter(cast.contact, 'phone');
  const title = `Doors ${Date.now()}`;
  await draft(house, desk, title, 'Ordinary');
  await expect(desk.getByText('Not written in: 简体中文, 繁體中文')).toBeVisible();
  await publish(house, desk, manager);
  await expect(desk.getByText('0 of 1 homes have read it.')).toBeVisible();

  await phone.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Notices', exact: true }).click();
  await phone.getByRole('link', { name: title }).click();
  await expect(phone.locator('.bulletin strong')).toHaveText('keep the doors closed');
  await phone.getByRole('button', { name: 'I have read this', exact: true }).click();
  await house.sees(phone.getByText('You said that you have read this.'));
  await house.sees(desk.getByText('1 of 1 homes have read it.'));
  await withdraw(house, desk);
});

test('an emergency stands on top of every page until its reader says so', { tag: '@notice' }, async ({ house }) => {
  const [desk, manager] = [await house.enter(cast.boyanCoordinator, 'tablet'), await house.enter(cast.boyanManager, 'tablet')];
  const phone = await house.enter(cast.contact, 'phone');
  const title = `Smoke ${Date.now()}`;
  await draft(house, desk, title, 'Emergency');
  await phone.goto('/me');
  await publish(house, desk, manager);

  const alarm = phone.getByRole('alert').getByRole('link', { name: title });
  await house.sees(alarm);
  await alarm.click();
  await phone.getByRole('button', { name: 'I have read it, and know what to do', exact: true }).click();
  await house.sees(phone.getByText('You said that you have read this.'));
  await expect(alarm).toBeHidden();
  await withdraw(house, desk);
});
