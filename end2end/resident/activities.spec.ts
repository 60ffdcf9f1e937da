// An activity from the desk's plan to the resident's word about it, on all sides at once.
import { cast, expect, test, type House } from '../house.ts';
import { inHours, move, moves, unfold } from '../acts.ts';
import type { Page } from '@playwright/test';

/** Fills in a plan that nobody else's can be taken for, and opens it. */
async function plan(house: House, desk: Page, title: string) {
  await desk.goto('/staff/activities');
  const form = await unfold(desk.locator('.activity').first(), 'Plan an activity');
  for (const label of ['Title in English', 'Title in Simplified Chinese', 'Title in Traditional Chinese']) {
    await form.getByLabel(label).fill(title);
  }
  for (const label of ['What happens, in English', 'What happens, in Simplified Chinese', 'What happens, in Traditional Chinese']) {
    await form.getByLabel(label).fill('Riddles and sweet soup. 猜灯谜。');
  }
  await form.getByLabel('From', { exact: true }).fill(inHours(0.7));
  await form.getByLabel('Until', { exact: true }).fill(inHours(3));
  await form.getByLabel('Where, if elsewhere').fill('The lawn');
  await form.getByLabel('Places', { exact: true }).fill('2');
  await form.getByLabel('People of one household').fill('2');
  await form.getByRole('button', { name: 'Save the plan' }).click();
  await desk.waitForURL(/\/staff\/activities\/[^/]+$/);
  await house.sees(desk.getByRole('heading', { level: 1, name: title }));
}

test('an activity is planned safely, filled, held and found good', { tag: '@activities' }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist, 'tablet');
  const manager = await house.enter(cast.siteManager, 'tablet');
  const phone = await house.enter(cast.resident, 'phone');
  const title = `Lanterns ${Date.now()}`;
  await plan(house, desk, title);
  const measures = desk.getByRole('region', { name: 'Safety measures' });
  await measures.getByLabel('What is done for everybody\'s safety?').fill('A first-aider is there');
  await measures.getByRole('button', { name: 'Add it' }).click();
  await house.sees(measures.getByText('A first-aider is there'));

  await manager.goto(new URL(desk.url()).pathname);
  // Another test may read the manager's pages in another language meanwhile.
  await manager.locator('form[action$="activities/approve"] button').click();
  await house.sees(desk.locator('.activity .chip').filter({ hasText: 'Approved' }));
  await moves(desk).getByRole('button', { name: 'Publish' }).click();
  await house.sees(desk.locator('.activity .chip').filter({ hasText: 'Open' }));

  await phone.goto('/home');
  await phone.getByRole('link', { name: /^Activities/ }).click();
  await phone.getByRole('link', { name: title }).click();
  await phone.getByLabel('How many of you come?').fill('2');
  await phone.getByRole('button', { name: 'Sign up' }).click();
  await house.sees(phone.getByText('You are signed up: 2 people.'));
  await expect(phone.getByRole('link', { name: /calendar/i })).toBeVisible();

  await house.sees(measures.getByRole('button', { name: 'Done' }));
  await measures.getByRole('button', { name: 'Done' }).click();
  await house.sees(measures.getByText(/done .*/));
  await house.sees(moves(desk).getByRole('button', { name: 'Begin' }));
  await moves(desk).getByRole('button', { name: 'Begin' }).click();
  const people = desk.getByRole('region', { name: 'Who comes' });
  await house.sees(people.getByRole('button', { name: 'Tick' }));
  await people.getByRole('button', { name: 'Tick' }).click();
  await house.sees(people.locator('.chip').filter({ hasText: 'There' }));

  await house.sees(phone.getByRole('group', { name: 'How was it?' }));
  await phone.getByRole('group', { name: 'How was it?' }).locator('label').nth(4).click();
  await phone.getByRole('button', { name: 'Send' }).click();
  await house.sees(people.getByText('5.0 of 5, from 1'));
  await move(moves(desk), 'Write down the result', async (form) => {
    await form.getByLabel('What went well?').fill('The lanterns');
  });
  await house.sees(phone.getByText('2 people came.'));
});

test('the catalogue leads to where activities are signed up for', { tag: '@activities' }, async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  await phone.goto('/services');
  await phone.getByRole('link', { name: /^Activities and courses/ }).click();
  await phone.waitForURL(/\/activities$/);
  await expect(phone.getByRole('heading', { level: 1, name: 'Activities', exact: true })).toBeVisible();
});
