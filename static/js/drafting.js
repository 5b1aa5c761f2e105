/* Comforts of who writes the text, on pages that work without them: words counted while one writes, clauses dragged, arrows with Alt. */
(() => {
    "use strict";
    document.querySelectorAll("textarea[data-words]").forEach((field) => {
        const line = document.createElement("p");
        line.className = "hint num";
        field.after(line);
        const tell = () => {
            const told = field.value.split(/\s+/).filter(Boolean).length;
            line.textContent = `${told} / ${field.dataset.words}`;
            line.classList.toggle("due", told > Number(field.dataset.words));
        };
        field.addEventListener("input", tell);
        tell();
    });

    const form = document.querySelector("form[data-tree]");
    const picked = () => form.querySelector("input[name=clause]:checked");
    if (!form || !form.querySelector("input[name=clause]")) return;

    const press = (what) => { const button = form.querySelector(`button[value="${what}"]`); if (picked() && button) form.requestSubmit(button); };
    const ways = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
    form.addEventListener("keydown", (event) => {
        if (event.altKey && ways[event.key] && picked()) { event.preventDefault(); press(ways[event.key]); }
    });

    let dragged = null;
    const clear = () => form.querySelectorAll("[data-drop]").forEach((row) => delete row.dataset.drop);
    form.querySelectorAll("li[data-clause]").forEach((row) => {
        row.draggable = true;
        row.addEventListener("dragstart", (event) => { dragged = row; event.dataTransfer.effectAllowed = "move"; });
        row.addEventListener("dragend", () => { dragged = null; clear(); });
        row.addEventListener("dragover", (event) => {
            if (!dragged || dragged === row) return;
            event.preventDefault();
            clear();
            const box = row.getBoundingClientRect();
            const part = (event.clientY - box.top) / box.height;
            row.dataset.drop = part < .3 ? "ahead" : part > .7 ? "behind" : "last";
        });
        row.addEventListener("drop", (event) => {
            if (!dragged || dragged === row) return;
            event.preventDefault();
            dragged.querySelector("input[name=clause]").checked = true;
            form.elements.target.value = row.dataset.clause;
            form.elements.where.value = row.dataset.drop || "behind";
            form.submit();
        });
    });
})();
