// What people are told stands in their inbox, and the bell rings while the page is open.
import { cast, expect, test } from '../house.ts';
import { given, inHours } from '../acts.ts';

test('what the office says rings the bell, leads to the matter, and is read', { tag: '@requests' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse);
  const desk = await house.enter(cast.coordinator, 'tablet');
  const code = await given.reported(phone, 'The tap drips, tell me when.');
  await phone.goto('/home');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.moved(desk, code, 'promise', { kind: 'visit', due_at: inHours(5) });
  const bell = phone.getByRole('link', { name: /^Inbox, \d+ unread$/ });
  await house.sees(bell);
  await bell.click();
  // The newest first: that somebody took it on was told before.
  const news = phone.getByRole('listitem').filter({ hasText: code }).first();
  await expect(news).toContainText('Promised that somebody is there by');
  await expect(news.getByText('New')).toBeVisible();
  await phone.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(news.getByText('New')).toBeHidden();
  await news.getByRole('link').click();
  await phone.waitForURL(`**/requests/${code}`);
  await given.withdrawn(phone, code);
});
