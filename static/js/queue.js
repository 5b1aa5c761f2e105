/* Keys of the queue, while something in it has the focus: j and k move, x ticks, Enter opens, a goes to what to do. Everything works without. */
(() => {
    "use strict";
    const form = document.querySelector("[data-queue]");
    const typing = (target) => target.closest("textarea, select, input:not([type=checkbox])");
    const links = form ? [...form.querySelectorAll("tbody a.who")] : [];
    const move = (step) => {
        const row = document.activeElement.closest("tr");
        const at = links.findIndex((link) => row && row.contains(link));
        const to = links[Math.min(Math.max(at + step, 0), links.length - 1)];
        if (to) to.focus();
    };
    const tick = () => {
        const row = document.activeElement.closest("tr");
        const box = row && row.querySelector("input[type=checkbox]");
        if (box) box.checked = !box.checked;
    };
    const keys = {
        j: () => move(1),
        k: () => move(-1),
        x: tick,
        a: () => form.querySelector("select")?.focus(),
    };
    if (!form) return;
    form.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keys[event.key]) return;
        event.preventDefault();
        keys[event.key]();
    });
    const hint = document.querySelector("[data-keys]");
    if (hint) hint.hidden = false;
})();
