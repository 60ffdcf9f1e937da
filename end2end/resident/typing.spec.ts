// What one side does appears on the other's page, and never in the way of who is typing there.
import type { Locator, Page } from '@playwright/test';
import { cast, expect, remember, test } from '../house.ts';
import { given } from '../acts.ts';

/** Half a sentence, with the caret in its midst; later: whether it stands there undisturbed. */
async function typesHalf(page: Page, field: Locator, half: string) {
  await field.scrollIntoViewIfNeeded();
  await field.click();
  await field.pressSequentially(half);
  for (let step = 0; step < 4; step += 1) {
    await field.press('ArrowLeft');
  }
  const state = () =>
    field.evaluate((element: HTMLTextAreaElement) => ({
      text: element.value,
      caret: element.selectionStart,
      focused: document.activeElement === element,
    }));
  const top = () => field.evaluate((element) => element.getBoundingClientRect().top);
  const [before, height] = [await state(), await top()];
  const stays = await remember(page);
  return async (rest: string) => {
    expect(await state()).toEqual(before);
    // On the screen too it stands where it stood, whatever grew above it.
    await expect.poll(async () => Math.abs((await top()) - height)).toBeLessThan(3);
    await page.keyboard.type(rest);
    const whole = half.slice(0, before.caret) + rest + half.slice(before.caret);
    await expect(field).toHaveValue(whole);
    await stays();
  };
}

test('a resident types on while staff move the matter', { tag: '@hydrated' }, async ({ house }) => {
  const phone = await house.enter(cast.resident);
  const desk = await house.enter(cast.coordinator, 'tablet');
  const code = await given.reported(phone, 'The tap in the bathroom drips.');
  await phone.goto(`/requests/${code}`);
  const undisturbed = await typesHalf(phone, phone.getByLabel('Write to whoever holds this'), 'It got worse ovenight');
  await given.moved(desk, code, 'triage', { urgency: 'urgent' });
  await expect(phone.getByText('Read your report and takes care of it.')).toBeAttached();
  await given.dispatched(desk, code);
  await expect(phone.getByText('Sent somebody to take care of it.')).toBeAttached();
  await undisturbed('r');
});

test('staff type on while the resident writes and the desk moves the matter', { tag: '@hydrated' }, async ({ house }) => {
  const phone = await house.enter(cast.resident);
  const tablet = await house.enter(cast.coordinator, 'tablet');
  const other = await house.enter(cast.headOfService, 'tablet');
  const code = await given.reported(phone, 'The tap in the pantry drips.');
  await tablet.goto(`/staff/requests/${code}`);
  const undisturbed = await typesHalf(tablet, tablet.getByLabel('Your words'), 'Seen befre, same washer');
  await given.moved(other, code, 'triage', { urgency: 'normal' });
  await expect(tablet.locator('.matter .chip', { hasText: 'In hand' }).first()).toBeAttached();
  await phone.goto(`/requests/${code}`);
  await phone.getByLabel('Write to whoever holds this').fill('I am at home all day.');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(tablet.getByText('I am at home all day.')).toBeAttached();
  await undisturbed('o');
  await tablet.getByLabel('Staff only').check({ force: true });
  await tablet.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(tablet.getByText('Internal ·')).toBeAttached();
});
