// Other programs: the site manager makes a key, a program reports with it, the office sees it come in, and the manager
// shuts the program out again.
import { cast, expect, test } from '../house.ts';

test('a program is let in, reports, and is shut out', { tag: '@requests' }, async ({ house, request }) => {
  const manager = await house.enter(cast.boyanManager);
  await manager.goto('/staff/team');
  await manager.getByRole('link', { name: 'Keys for other programs' }).click();
  const name = house.scripts ? 'Harbour app' : 'Meadow app';
  await manager.getByLabel('Which program is it for?').fill(name);
  await manager.getByRole('button', { name: 'Make the key' }).click();
  await expect(manager.getByRole('heading', { name: `Key for ${name}` })).toBeVisible();
  const secret = (await manager.locator('.secret').innerText()).trim();
  await expect(manager.getByRole('listitem').filter({ hasText: name })).toContainText('never used');

  const send = () =>
    request.post('/open311/v2/requests.json', {
      form: { api_key: secret, service_code: 'light-out', address_string: 'By the gate', description: `It is dark, says ${name}.` },
    });
  const [filed] = (await (await send()).json()) as { service_request_id: string; service_notice: string }[];
  expect(filed!.service_notice).toMatch(/^You will have an answer by /);
  await manager.goto(`/staff/requests/${filed!.service_request_id}`);
  await expect(manager.getByText(`It is dark, says ${name}.`).first()).toBeVisible();
  await expect(manager.getByText(`Open311 · ${name}`)).toBeVisible();

  // The secret is seen once; the key stays until it is shut out.
  await manager.goto('/staff/keys');
  await expect(manager.locator('.secret')).toHaveCount(0);
  const row = manager.getByRole('listitem').filter({ hasText: name });
  await row.getByText('Shut it out').click();
  await row.getByRole('button', { name: `Shut out ${name}` }).click();
  await expect(manager.getByRole('listitem').filter({ hasText: name })).toContainText('Shut out');
  await expect(row.getByRole('button', { name: `Shut out ${name}` })).toHaveCount(0);
  expect((await send()).status()).toBe(403);
});
