// Bookings in calendar programs: one as a file, all of somebody's and a facility's behind private addresses. They are read by
// ical.js, which calendar programs read with and which knows nothing of how they are written here.
import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';
import { cast, expect, test } from '../house.ts';
import { given } from '../given.ts';
import type { APIRequestContext, Page } from '@playwright/test';

/** An event as a calendar program understands it. */
type Booked = { uid: string; sequence: number; status: unknown; starts: number; summary: string; about: string };

/** The calendar of a text, and its events. */
function understood(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent').map((part): Booked => {
    const event = new ICAL.Event(part);
    expect(event.startDate.zone.tzid, 'an instant, whatever the zone of the reader').toBe('UTC');
    expect(event.endDate.compare(event.startDate)).toBe(1);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: part.getFirstPropertyValue('status'),
      starts: event.startDate.toUnixTime(),
      summary: event.summary,
      about: event.description,
    };
  });
  return { calendar, events };
}

/** What a program finds behind an address: it brings nothing but that. */
async function followed(request: APIRequestContext, address: string, code: string) {
  const reply = await request.get(address);
  expect(reply.status()).toBe(200);
  expect(reply.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  const { calendar, events } = understood(await reply.text());
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  expect(calendar.getFirstPropertyValue('x-wr-calname')).toBeTruthy();
  expect(`${calendar.getFirstPropertyValue('refresh-interval')}`).toBe('PT1H');
  return events.find(({ summary, about }) => `${summary} ${about}`.includes(code));
}

/** Makes a link on the page that is open. */
async function linked(page: Page) {
  const card = page.getByRole('region', { name: /in your calendar$/ });
  await card.getByRole('button', { name: /^Make a (new )?link$/ }).click();
  await expect(card.getByRole('heading', { name: 'Your link' })).toBeVisible();
  return { card, address: (await card.locator('.secret').innerText()).trim() };
}

test('a booking goes into a calendar as a file', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const desk = await house.enter(cast.receptionist, 'tablet');
  const code = await given.asked(phone, 'clubhouse');
  await phone.goto(`/bookings/${code}`);
  const download = phone.waitForEvent('download');
  await phone.getByRole('link', { name: 'Add to calendar' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${code}.ics`);
  const { events } = understood(await readFile(await file.path(), 'utf8'));
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ status: 'TENTATIVE', about: `Asked for\nCode: ${code}` });
  expect(events[0]!.summary).toContain('Party room');

  await given.declined(desk, code);
  await house.sees(phone.getByText('It cannot be: It is being cleaned.'));
  await expect(phone.getByRole('link', { name: 'Add to calendar' })).toHaveCount(0);
});

test('a calendar program follows what somebody books, until they end it', { tag: '@booking' }, async ({ house, request }) => {
  // One link a person: each project has somebody of its own.
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const desk = await house.enter(cast.receptionist, 'tablet');
  const code = await given.asked(phone, 'clubhouse');
  await phone.goto('/book');
  const { address } = await linked(phone);
  const asked = await followed(request, address, code);
  expect(asked).toMatchObject({ status: 'TENTATIVE', sequence: 1 });
  await given.declined(desk, code);
  const declined = await followed(request, address, code);
  expect(declined).toMatchObject({ uid: asked!.uid, starts: asked!.starts, status: 'CANCELLED', sequence: 2 });

  // It is seen once; another one ends it, and so does whoever made it.
  await phone.goto('/book');
  await expect(phone.locator('.secret')).toHaveCount(0);
  await expect(phone.getByText(/There is a link since/)).toBeVisible();
  const { card, address: other } = await linked(phone);
  expect((await request.get(address)).status()).toBe(404);
  expect(await followed(request, other, code)).toMatchObject({ status: 'CANCELLED' });
  await card.getByRole('button', { name: 'End the link' }).click();
  await expect(card.getByText(/There is a link since/)).toHaveCount(0);
  await expect(card.locator('.secret')).toHaveCount(0);
  expect((await request.get(other)).status()).toBe(404);
});

test('the desk follows who has a facility, by home and code', { tag: '@booking' }, async ({ house, request }) => {
  const resident = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const desk = await house.enter(house.scripts ? cast.receptionist : cast.coordinator, 'tablet');
  const code = await given.asked(resident, 'clubhouse');
  await desk.goto('/staff/bookings');
  await expect(desk.getByRole('region', { name: /in your calendar$/ })).toHaveCount(0);
  await desk.goto('/staff/bookings?facility=clubhouse');
  const { address } = await linked(desk);
  const booked = await followed(request, address, code);
  expect(booked).toMatchObject({ status: 'TENTATIVE', about: 'Asked for' });
  expect(booked!.summary).toMatch(/1203 · /);
  await given.declined(desk, code);
  expect(await followed(request, address, code)).toMatchObject({ status: 'CANCELLED' });
  await desk.getByRole('button', { name: 'End the link' }).click();
  await expect(desk.getByText(/There is a link since/)).toHaveCount(0);
  expect((await request.get(address)).status()).toBe(404);
});
