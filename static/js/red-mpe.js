/* Small comforts on pages that work without them: drafts kept on this device, menus that close, focus on errors. */
(() => {
    "use strict";
    const PREFIX = "red-mpe:draft:";
    const SKIPPED = ["hidden", "password", "file", "submit", "button", "reset"];
    const timers = new Map();

    const store = {
        read: (key) => { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
        write: (key, draft) => { try { localStorage.setItem(PREFIX + key, JSON.stringify(draft)); return true; } catch { return false; } },
        drop: (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* storage is closed: nothing was kept */ } },
        wipe: () => { try { Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)); } catch { /* as above */ } },
    };

    const door = () => { try { return localStorage.getItem("red-mpe:door"); } catch { return null; } };

    const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.includes(field.type) && field.tagName !== "FIELDSET");
    const slot = (field) => (field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name);
    const isBox = (field) => field.type === "checkbox" || field.type === "radio";
    const chosen = (field, wanted) => [...field.options].filter(wanted).map((option) => option.value);
    const begun = (field) => {
        const marked = chosen(field, (option) => option.defaultSelected);
        return marked.length || field.multiple ? marked : chosen(field, (option) => option.index === 0);
    };
    const now = (field) => (isBox(field) ? field.checked : field.options ? chosen(field, (option) => option.selected) : field.value);
    const given = (field) => (isBox(field) ? field.defaultChecked : field.options ? begun(field) : field.defaultValue);
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

    const put = (field, value) => {
        if (isBox(field)) field.checked = value;
        else if (field.options) [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
        else field.value = value;
    };

    const clock = (at) => {
        const day = new Date(at).toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
        return new Date(at).toLocaleString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false, ...day });
    };

    const say = (form, draft) => {
        const line = form.querySelector("[data-draft-status]");
        if (!line) return;
        line.className = "draft";
        line.textContent = draft ? `${form.dataset.kept} · ${clock(draft.at)} · ` : "";
        if (!draft) return;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = form.dataset.discard;
        button.addEventListener("click", () => { still(form); store.drop(form.dataset.draft); form.reset(); say(form, null); });
        line.append(button);
    };

    const fail = (form) => {
        keep(form);
        const line = form.querySelector("[data-draft-status]");
        if (line) { line.className = "draft failed"; line.textContent = form.dataset.failed; }
    };

    const still = (form) => { clearTimeout(timers.get(form)); timers.delete(form); };

    /* The names that a phone at the doors keeps (check-in.js), until the last of them has closed. What it has not sent yet holds no name, and stays. */
    const wipeDoor = () => {
        try {
            localStorage.removeItem("red-mpe:door");
            indexedDB.deleteDatabase("red-mpe-door-names");
            caches.delete("red-mpe-door");
            navigator.serviceWorker.getRegistrations().then((found) => found.forEach((one) => one.unregister()));
        } catch { /* this browser keeps nothing of the kind */ }
    };

    const wipe = () => { [...timers.keys()].forEach(still); store.wipe(); if (door()) wipeDoor(); };

    const keep = (form) => {
        still(form);
        const before = "draftBound" in form.dataset ? store.read(form.dataset.draft)?.given : null;
        const draft = { at: Date.now(), now: {}, given: {} };
        fields(form).forEach((field) => {
            const name = slot(field);
            draft.now[name] = now(field);
            draft.given[name] = before?.[name] ?? given(field);
        });
        if (same(draft.now, draft.given)) { store.drop(form.dataset.draft); say(form, null); }
        else if (store.write(form.dataset.draft, draft)) say(form, draft);
    };

    /* What the server gave after an error is newer than any draft; and a field whose starting value has changed is left as the server gave it. */
    const restore = (form) => {
        const draft = store.read(form.dataset.draft);
        if (!draft || "draftBound" in form.dataset) return;
        fields(form).forEach((field) => {
            const name = slot(field);
            if (name in draft.now && same(draft.given[name], given(field))) put(field, draft.now[name]);
        });
        say(form, draft);
    };

    const within = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

    const wake = (root) => {
        if (within(root, "[data-signed-out]").length) wipe();
        within(root, "[data-draft-done]").forEach((mark) => store.drop(mark.dataset.draftDone));
        within(root, "form[data-draft]").forEach(restore);
        within(root, "[data-focus]")[0]?.focus();
    };

    const drafting = (event) => event.target.closest?.("form[data-draft]");

    document.addEventListener("input", (event) => {
        const form = drafting(event);
        if (!form) return;
        clearTimeout(timers.get(form));
        timers.set(form, setTimeout(keep, 400, form));
    });

    document.addEventListener("submit", (event) => {
        if (event.target.matches("[data-sign-out]")) wipe();
        const form = drafting(event);
        if (!form) return;
        keep(form);
        if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); fail(form); }
    }, true);

    addEventListener("pagehide", () => [...timers.keys()].forEach(keep));

    ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
        const form = drafting(event);
        if (form) fail(form);
    }));
    document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) wake(event.target); });

    const shut = (except) => document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
    document.addEventListener("click", (event) => shut(event.target));
    document.addEventListener("keydown", (event) => {
        const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
        if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    });

    document.addEventListener("allauth.error", (event) => {
        const line = document.querySelector("[data-key-failed]");
        if (line) { event.preventDefault(); line.hidden = false; }
    });

    if (door() && Number(door()) < Date.now()) wipeDoor();
    wake(document);
})();
