/* The door on a phone, with and without a connection. Who is registered is searched here; each check-in is first written down on the
   phone and then sent; only what the site has settled is struck off. Without this script the page is plain forms. */
(() => {
    "use strict";
    const door = document.querySelector("[data-door]");
    if (!door || !window.indexedDB || !window.crypto?.subtle || !crypto.randomUUID) return;
    const { door: slug, list, record, undo, page, worker, until, runs, hybrid, zone } = door.dataset;
    const say = Object.fromEntries([...door.querySelector("[data-words]").content.children].map((line) => [line.dataset.is, line.textContent]));
    const find = (name) => door.querySelector(`[data-${name}]`);
    const [field, rows, said, waiting, last, video] = [door.querySelector("[name=q]"), ...["rows", "said", "waiting", "last", "video"].map(find)];
    const search = field.form;
    const place = () => ({ session: search.elements.session.value, mode: search.elements.mode?.value || null });
    const many = (one, other, number) => (number === 1 ? one : other.replace("#", number));
    const hour = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone });
    const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

    /* What is kept: names in one store, wiped on signing out, after the event, and when this door is not ours any more; check-ins that wait, which hold no name, in another. */
    const store = (name, options) => {
        const opened = new Promise((done, fail) => {
            const asked = indexedDB.open(name, 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore("rows", options);
            asked.onsuccess = () => { asked.result.onversionchange = () => asked.result.close(); done(asked.result); };
            asked.onerror = () => fail(asked.error);
        });
        return async (mode, act) => {
            const work = (await opened).transaction("rows", mode);
            const asked = act(work.objectStore("rows"));
            return new Promise((done, fail) => { work.oncomplete = () => done(asked.result); work.onabort = work.onerror = () => fail(work.error); });
        };
    };
    const names = store("red-mpe-door-names", { keyPath: "slug" });
    const queue = store("red-mpe-door-queue", { keyPath: "n", autoIncrement: true });
    const queued = async () => (await queue("readonly", (kept) => kept.getAll())).filter((item) => item.slug === slug);

    let known = { rows: [], seen: {}, states: {}, etag: "" };
    let folded = [];
    let token = document.querySelector("[data-token] input").value;
    let wait = 2000, timer = 0, sending = false;

    const tell = (words, kind = "") => { said.hidden = !words; said.textContent = words; said.className = `door-said notice ${kind}`; };
    const hold = (words) => { waiting.dataset.why = words; };
    const count = async () => {
        const items = await queued(), number = items.length;
        const more = { total: number, here: items.filter((item) => item.mode === "on-site").length, there: items.filter((item) => item.mode === "on-line").length };
        Object.entries(known.present || {}).forEach(([part, people]) => { const place = find(part); if (place) place.textContent = people + more[part]; });
        const why = waiting.dataset.why || "";
        waiting.hidden = !number && !why;
        waiting.textContent = [number ? many(say["one-waits"], say["many-wait"], number) : "", why].filter(Boolean).join(" ");
        return number;
    };
    const since = (code, session) => known.seen[session]?.[code];
    const mark = (item, at) => { if (item.code) (known.seen[item.session] ??= {})[item.code] = at; };

    /* The list */
    const learn = async (fresh) => {
        known = fresh;
        folded = known.rows.map(([code, , name, body]) => fold(`${code} ${name} ${body}`));
        (await queued()).forEach((item) => { if (!since(item.code, item.session)) mark(item, item.at); });
    };
    const isOurs = (answer) => Boolean(answer.headers.get("Content-Type")?.includes("json"));
    const isShut = (answer) => [401, 403, 404].includes(answer.status) && isOurs(answer);
    const forget = async () => {
        await names("readwrite", (kept) => kept.delete(slug));
        known = { rows: [], seen: {}, states: {}, etag: "" };
        folded = [];
        last.querySelectorAll(":scope > :not([data-once])").forEach((line) => line.remove());
        last.querySelectorAll("[data-name]").forEach((one) => { one.textContent = say.ticket; });
        show();
    };
    const refresh = async () => {
        const answer = await fetch(list, { headers: known.etag ? { "If-None-Match": known.etag } : {}, credentials: "same-origin" });
        if (answer.status === 200) {
            const fresh = { ...(await answer.json()), slug, etag: answer.headers.get("ETag") || "" };
            const end = Date.parse(fresh.until);
            await learn(fresh);
            if (end > Date.now()) localStorage.setItem("red-mpe:door", String(Math.max(Number(localStorage.getItem("red-mpe:door")) || 0, end)));
            await names("readwrite", (kept) => (end > Date.now() ? kept.put(fresh) : kept.delete(slug)));
        }
        if (!isShut(answer)) return "";
        await forget();
        return answer.status === 401 ? say["sign-in"] : (await answer.json()).error;
    };

    /* Sending, in order, again and again until it is settled */
    const renew = async () => {
        const answer = await fetch(`${page}?shell`, { credentials: "same-origin" });
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-token] input");
        if (!answer.redirected && found) token = found.value;
        return !answer.redirected && Boolean(found);
    };
    const post = (items) => fetch(record, {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ items: items.map(({ n, slug, name, ...item }) => item) }),
    });
    const settle = async (items, results) => {
        for (const [place, { once, outcome, words, since: at }] of results.entries()) {
            const item = items[place];
            if (item?.once !== once) continue;
            await queue("readwrite", (kept) => kept.delete(item.n));
            const line = last.querySelector(`[data-once="${once}"]`);
            line?.querySelector("[data-kept]")?.remove();
            if (outcome === "there") { tell(say.there.replace("#", name(item)).replace("@", at), "warn"); line?.remove(); }
            if (outcome === "refused" || outcome === "no-place") { tell(words, "error"); line?.remove(); if (item.code) delete known.seen[item.session]?.[item.code]; }
        }
    };
    const again = () => { clearTimeout(timer); timer = setTimeout(send, wait); wait = Math.min(wait * 2, 60000); };
    const send = async () => {
        if (sending) return;
        sending = true;
        clearTimeout(timer);
        try {
            let renewed = false;
            for (let items = await queued(); items.length; items = await queued()) {
                items = items.slice(0, 100);
                const answer = await post(items);
                if (answer.ok && isOurs(answer)) { await settle(items, (await answer.json()).results); renewed = false; continue; }
                if (answer.status === 403 && !isOurs(answer) && !renewed && (renewed = await renew())) continue;
                if (isShut(answer)) await forget();
                hold(!isShut(answer) ? say.later : answer.status === 401 ? say["sign-in"] : say["may-not"]);
                again();
                return;
            }
            hold(await refresh());
            wait = 2000;
        } catch {
            hold(say.offline);
            again();
        } finally {
            sending = false;
            await count();
        }
    };

    /* Checking in */
    const name = (item) => known.rows.find(([code]) => code === item.code)?.[2] || say.ticket;
    const recent = (item) => {
        const line = find("recent").content.firstElementChild.cloneNode(true);
        line.dataset.once = item.once;
        line.querySelector("[data-name]").textContent = name(item);
        line.querySelector("[data-meta]").append(hour(item.at), Object.assign(document.createElement("span"), { textContent: ` · ${say.kept}` }));
        line.querySelector("[data-meta] span").dataset.kept = "";
        line.querySelector("button").addEventListener("click", () => takeBack(item, line));
        last.querySelector("[data-nobody]")?.remove();
        last.prepend(line);
    };
    const takeBack = async (item, line) => {
        while (sending) await new Promise((done) => setTimeout(done, 100));
        const kept = (await queued()).find((one) => one.once === item.once);
        if (kept) await queue("readwrite", (rows) => rows.delete(kept.n));
        else {
            const body = new URLSearchParams({ once: item.once, csrfmiddlewaretoken: token });
            const answer = await fetch(undo, { method: "POST", credentials: "same-origin", body }).catch(() => null);
            if (!answer?.ok) { tell(answer ? say.later : say.offline, "warn"); return; }
        }
        if (item.code) delete known.seen[item.session]?.[item.code];
        line.remove();
        tell(say.undone);
        show();
        count();
    };
    const checkIn = async (row, seen, hash = "") => {
        const { session, mode } = place();
        const code = row?.[0] || "";
        if (row && row[5] !== "confirmed") { tell(say["no-place"].replace("#", row[2]).replace("@", known.states[row[5]] || row[5]), "error"); return; }
        const at = since(code, session);
        if (row && at) { tell(say.there.replace("#", row[2]).replace("@", hour(at)), "warn"); return; }
        const item = { slug, once: crypto.randomUUID(), code, hash: code ? "" : hash, session, mode: mode || row?.[4] || "", seen, at: new Date().toISOString() };
        await queue("readwrite", (kept) => kept.add(item));
        mark(item, item.at);
        recent(item);
        tell(row ? say.new.replace("#", row[2]) : say.unknown, row ? "done" : "warn");
        field.value = "";
        show();
        await count();
        send();
    };
    const scanned = async (words) => {
        field.value = "";
        show();
        const ticket = words.trim().replace(/\/+$/, "").split("/").pop();
        const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ticket)));
        const hash = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        return checkIn(known.rows.find((row) => row[1] === hash || row[0].toLowerCase() === ticket.toLowerCase()), "scan", hash);
    };

    /* Searching */
    const show = () => {
        const parts = fold(field.value).split(/\s+/).filter(Boolean);
        find("none")?.remove();
        const hits = parts.length && field.value.trim().length > 1 ? known.rows.filter((row, at) => parts.every((part) => folded[at].includes(part))).slice(0, 12) : [];
        rows.replaceChildren(...hits.map((row) => {
            const line = find("row").content.firstElementChild.cloneNode(true);
            const [code, , called, body, mode, state] = row;
            const { session } = place();
            const form = line.querySelector("form");
            line.querySelector("[data-name]").textContent = called;
            line.querySelector("[data-body]").textContent = body;
            line.querySelector("[data-meta]").textContent = hybrid ? `${code} · ${say[mode]}` : code;
            line.querySelector("[data-for]").textContent = `: ${called}`;
            form.elements.code.value = code;
            const at = since(code, session);
            if (at || state !== "confirmed") {
                const tag = Object.assign(document.createElement("span"), { className: at ? "tag ok" : "tag late" });
                tag.textContent = at ? say.since.replace("@", hour(at)) : known.states[state] || state;
                if (at || !runs) form.replaceWith(tag); else line.querySelector("span").append(" ", tag);
            }
            return line;
        }));
        if (parts.length && field.value.trim().length > 2 && known.rows.length && !hits.length) rows.append(Object.assign(document.createElement("li"), { className: "meta", textContent: say.nobody }));
    };
    const isTicket = (words) => /\/[\w-]{30,64}\/?$|^[\w-]{43}$/.test(words.trim());
    field.addEventListener("input", show);
    search.addEventListener("change", (event) => { if (event.target !== field) show(); });  // leaving the field must not move the buttons
    search.addEventListener("submit", (event) => {
        if (!known.rows.length) return;
        event.preventDefault();
        if (isTicket(field.value)) scanned(field.value); else { tell(""); show(); }
    });
    rows.addEventListener("submit", (event) => {
        const row = known.rows.find(([code]) => code === event.target.elements.code.value);
        if (!row || row[5] !== "confirmed") return;
        event.preventDefault();
        checkIn(row, "search");
    });

    /* The camera, where the browser reads codes by itself */
    const camera = find("camera");
    const look = async () => {
        try {
            const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
            const eye = new BarcodeDetector({ formats: ["qr_code"] });
            let before = "";
            video.srcObject = stream;
            video.hidden = false;
            await video.play();
            const stop = () => { stream.getTracks().forEach((track) => track.stop()); video.hidden = true; camera.onclick = look; };
            camera.onclick = stop;
            while (!video.hidden) {
                const [found] = await eye.detect(video).catch(() => []);
                if (found && found.rawValue !== before) { before = found.rawValue; await scanned(before); navigator.vibrate?.(60); }
                await new Promise((done) => setTimeout(done, 250));
            }
        } catch { video.hidden = true; tell(say["no-camera"], "warn"); }
    };
    if ("BarcodeDetector" in window && navigator.mediaDevices) { camera.hidden = false; camera.onclick = look; }

    /* Without a connection the page opens too: it and what it is made of are kept, without any name on it */
    const keepPage = async () => {
        if (!navigator.serviceWorker || !window.caches) return;
        await navigator.serviceWorker.register(worker);
        const made = [...document.querySelectorAll("link[rel=stylesheet], script[src], link[rel=icon]")].map((one) => one.href || one.src);
        await (await caches.open("red-mpe-door")).addAll([`${page}?shell`, ...made]);
    };
    const begin = async () => {
        const isPast = (one) => [one.until, ...(one.slug === slug ? [until] : [])].some((end) => !(Date.parse(end) > Date.now()));
        for (const one of await names("readonly", (rows) => rows.getAll())) {
            if (isPast(one)) await names("readwrite", (rows) => rows.delete(one.slug));
            else if (one.slug === slug) await learn(one);
        }
        for (const item of await queued()) recent(item);
        await send();
        if (field.value) show();
        door.dataset.ready = "";
        await keepPage();
    };
    addEventListener("online", () => { wait = 2000; send(); });
    addEventListener("offline", () => { hold(say.offline); count(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
    setInterval(() => { if (!document.hidden && navigator.onLine) send(); }, 30000);
    begin().catch(() => {});
})();
