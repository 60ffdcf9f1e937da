// In place of the service worker while it is switched off: forgets all that a worker kept, and leaves. What was done
// on the device and not sent yet lies in the pages' own store, which this does not touch.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
