// What one side does appears on the other's page, and never in the way of who is typing there.
import type { Locator, Page } from '@playwright/test';
import { cast, expect, remember, test } from '../house.ts';
import { given, moves, said, unfold } from '../acts.ts';

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
  await expect(said(phone, 'Read your report and takes care of it.')).toBeAttached();
  await given.dispatched(desk, code);
  await expect(said(phone, 'Sent somebody to take care of it.')).toBeAttached();
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
  await expect(said(tablet, 'I am at home all day.')).toBeAttached();
  await undisturbed('o');
  await tablet.getByLabel('Staff only').check({ force: true });
  await tablet.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(said(tablet, 'Internal ·')).toBeAttached();
});

test('what staff have half typed stays when it is no longer possible, and the page says so', { tag: '@hydrated' }, async ({ house }) => {
  house.expects(/^409 POST \/api\/requests\/decline/);
  const phone = await house.enter(cast.resident);
  const tablet = await house.enter(cast.coordinator, 'tablet');
  const code = await given.reported(phone, 'The tap in the laundry drips.');
  await tablet.goto(`/staff/requests/${code}`);
  const bar = moves(tablet);
  await bar.locator('summary', { hasText: /^\s*More\s*$/ }).click();
  const form = await unfold(bar, 'Decline');
  const words = form.getByRole('textbox');
  await words.pressSequentially('The owner of the flat');
  await given.withdrawn(phone, code);
  await expect(form.getByRole('status')).toContainText('The matter has moved on meanwhile');
  await expect(bar.locator('summary', { hasText: 'Same as another' })).toHaveCount(0);
  await expect(words).toBeFocused();
  await tablet.keyboard.type(' must see to it.');
  // Sent all the same it is refused, and the words are still there; folded away, it goes.
  await form.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(words).toHaveValue('The owner of the flat must see to it.');
  await form.locator('summary').click();
  await expect(words).toHaveCount(0);
});
