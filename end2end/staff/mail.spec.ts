// What is left at the desk for somebody else: a parcel that is signed for, a message that is read, a day that is counted.
import { cast, expect, test } from '../house.ts';

test('a parcel comes, its household is told, and somebody signs for it', { tag: '@mail' }, async ({ house }) => {
  // Both projects may run at once.
  const number = house.scripts ? 'JT-5501' : 'JT-5502';
  const [desk, phone] = [await house.enter(cast.receptionist), await house.enter(cast.resident, 'phone')];
  await desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Mail' }).click();
  // The page before has a search of its own.
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Mail and messages at the desk');
  await desk.getByRole('searchbox').fill('Emma Thornbury');
  await desk.getByRole('button', { name: 'Find' }).click();
  const takes = desk.getByRole('group', { name: 'Take something in' });
  await takes.locator('summary', { hasText: 'Take in an item' }).click();
  await takes.getByLabel('What').selectOption('parcel');
  await takes.getByLabel('Carrier').fill('J&T');
  await takes.getByLabel('Number').fill(number);
  await takes.getByLabel('Where it lies').fill('Shelf 4');
  await takes.getByRole('button', { name: 'Take in an item' }).click();
  const item = desk.getByRole('article').filter({ hasText: number });
  await house.sees(item);

  await phone.goto('/mail');
  const own = phone.getByRole('listitem').filter({ hasText: number });
  await expect(own).toContainText('Waiting');
  await item.locator('summary', { hasText: 'Hand out' }).click();
  await item.getByLabel("The resident's name").fill('Emma Thornbury');
  await item.getByLabel('They signed here').check();
  await item.getByRole('button', { name: 'Hand out' }).click();
  await expect(item).toBeHidden();
  await house.sees(own.getByText(/Emma Thornbury signed for it/));
});

test('a message is passed on, and the desk sees that it was read', { tag: '@mail' }, async ({ house }) => {
  const words = house.scripts ? 'The tuner comes on Tuesday.' : 'The tuner comes on Wednesday.';
  const [desk, phone] = [await house.enter(cast.receptionist), await house.enter(cast.resident, 'phone')];
  await desk.goto('/staff/mail?q=Emma+Thornbury');
  const takes = desk.getByRole('group', { name: 'Take something in' });
  await takes.locator('summary', { hasText: 'Take a message' }).click();
  await takes.getByLabel('From whom').fill('Ms Ferris');
  await takes.getByLabel('Message').fill(words);
  await takes.getByRole('button', { name: 'Take a message' }).click();
  await house.sees(desk.getByRole('article').filter({ hasText: words }));
  await phone.goto('/mail');
  const own = phone.getByRole('listitem').filter({ hasText: words });
  await own.getByRole('button', { name: 'I have read it' }).click();
  await house.sees(own.getByText(/^Read in the app/));
  await expect(own.getByRole('button')).toHaveCount(0);
  await house.sees(desk.getByRole('region', { name: 'Passed on lately' }).getByText(/Ms Ferris/).first());
});

test('letters are counted, and the sheet adds up', { tag: '@mail' }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  await desk.goto('/staff/mail?show=day');
  const count = desk.getByRole('region', { name: 'Count letters or newspapers' });
  await count.getByLabel('What').selectOption('letter');
  await count.getByLabel('In or out').selectOption('in');
  await count.getByLabel('How many').fill(house.scripts ? '17' : '19');
  await count.getByLabel('Note').fill('Second round');
  await count.getByRole('button', { name: 'Count' }).click();
  await house.sees(count.getByText(house.scripts ? 'Letters, In: 17' : 'Letters, In: 19').first());
  await expect(desk.getByRole('article', { name: /^Count sheet/ }).getByRole('row', { name: /^Letters/ })).toBeVisible();
});
