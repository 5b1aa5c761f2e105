/* While there is no connection, the page of this door and what it is made of come from what the phone kept; with one, never. */
"use strict";
const KEPT = "red-mpe-door";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const asked = event.request;
    const page = new URL(self.registration.scope).pathname;
    const { origin, pathname } = new URL(asked.url);
    const isPage = asked.mode === "navigate" && pathname === page;
    if (asked.method !== "GET" || origin !== self.location.origin || !(isPage || pathname.startsWith("/static/"))) return;
    event.respondWith(fetch(asked).catch(async () => {
        const kept = await (await caches.open(KEPT)).match(isPage ? `${page}?shell` : asked);
        return kept || Response.error();
    }));
});
