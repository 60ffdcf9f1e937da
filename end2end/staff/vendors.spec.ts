// A firm that repairs for the estate: the desk adds it, sends it a repair notice on paper or by mail, and the office
// records what the firm does (C10).
import { cast, expect, test } from '../house.ts';
import { dispatch, finish, given, moves, openOrder, said, TAP } from '../acts.ts';

test('a firm is sent by a repair notice, and the office records its work', { tag: '@requests' }, async ({ house }) => {
  test.slow();
  // Both projects may run at once.
  const [firm, mail] = house.scripts ? ['Northbank Pumps', 'repair@northbank.example'] : ['Quayside Valves', 'repair@quayside.example'];
  const desk = await house.enter(cast.coordinator);
  await desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Upkeep' }).click();
  await desk.getByRole('navigation', { name: 'Upkeep' }).getByRole('link', { name: 'Vendors' }).click();
  const add = desk.getByRole('region', { name: 'Add a vendor' });
  await add.getByLabel('Firm').fill(firm);
  await add.getByLabel('Trade').selectOption('Water & drains');
  await add.getByLabel('Contact').fill('Ms Iversen');
  await add.getByLabel('Phone').fill('+86 100 0555 7104');

  // What is no address comes back with what was typed.
  house.expects(/^422 POST \/api\/work\/add_vendor/);
  await add.getByLabel('E-mail').fill('repair at the quay');
  await add.getByRole('button', { name: 'Add a vendor' }).click();
  await expect(add.getByLabel('E-mail')).toHaveAccessibleDescription(/not in the form we can read/);
  await expect(add.getByLabel('Firm')).toHaveValue(firm);
  await add.getByLabel('E-mail').fill(mail);
  await add.getByRole('button', { name: 'Add a vendor' }).click();
  const row = desk.getByRole('listitem').filter({ hasText: firm });
  await expect(row).toContainText('Water & drains');
  await expect(row.getByRole('link', { name: mail })).toBeVisible();

  // It stands behind the people and the teams, with what speaks for it.
  const code = await given.registered(desk, 'The booster pump behind the tap hums and drips.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}/dispatch`);
  await desk.locator('summary', { hasText: 'more people, teams and firms' }).click();
  const pick = desk.getByRole('radio', { name: firm });
  await expect(pick).toHaveAccessibleName(/Vendor: staff record what it does/);
  await expect(pick).toHaveAccessibleName(/Its trade/);
  await desk.goto(`/staff/requests/${code}`);
  const note = `Change the shaft seal, ${firm}.`;
  await dispatch(desk, firm, note, true);
  const orders = desk.getByRole('region', { name: 'Work orders' });
  await expect(orders).toContainText(`Engineering · ${firm}`);

  // The notice tells the firm what it needs, and nobody's name.
  await openOrder(orders, desk, note);
  const order = new URL(desk.url()).pathname;
  await desk.getByRole('link', { name: 'Repair notice' }).click();
  const notice = desk.getByRole('article', { name: /^Repair notice/ });
  const told = [code, firm, `Ms Iversen · +86 100 0555 7104 · ${mail}`, 'Building 3 · Orchid Court · 1203', TAP.name, note];
  for (const words of told) {
    await expect(notice).toContainText(words);
  }
  await expect(notice).not.toContainText('Thornbury');
  const ways = desk.getByRole('navigation', { name: 'Print or send' });
  const written = new RegExp(`^mailto:${mail}\\?subject=Repair%20notice%20${code}&body=Please%20repair`);
  await expect(ways.getByRole('link', { name: 'Write the mail' })).toHaveAttribute('href', written);
  // On paper there is nothing but the notice.
  await desk.emulateMedia({ media: 'print' });
  await expect(notice).toBeVisible();
  await expect(ways).toBeHidden();
  await desk.emulateMedia({ media: 'screen' });
  await ways.getByRole('link', { name: 'Back to the order' }).click();

  // The firm calls: the desk says that it comes, the supervisor what it found and did.
  for (const step of ['Accept', 'On my way', 'On site']) {
    await moves(desk).getByRole('button', { name: step, exact: true }).click();
  }
  await expect(moves(desk).getByRole('button', { name: 'On site', exact: true })).toHaveCount(0);
  const supervisor = await house.enter(cast.supervisor);
  await supervisor.goto(order);
  await finish(supervisor, 'The seal is worn through.', 'New shaft seal, ran dry for an hour.', 'The firm sent no picture.');
  const result = supervisor.getByRole('region', { name: 'Result' });
  await expect(result).toContainText('No photo or signature: The firm sent no picture.');
  const resident = await house.enter(cast.resident, 'phone');
  await resident.goto(`/requests/${code}`);
  await expect(resident.getByRole('heading', { level: 1 })).toContainText('Is it fixed?');
  await expect(said(resident, 'Looked at it on site. To be done: The seal is worn through.')).toBeVisible();

  // It is not asked any more; what it was sent still names it.
  await desk.goto('/staff/vendors');
  await row.getByRole('button', { name: 'No longer asked' }).click();
  await expect(row).toHaveCount(0);
  await desk.goto(`/staff/requests/${code}`);
  await expect(orders).toContainText(firm);
});
