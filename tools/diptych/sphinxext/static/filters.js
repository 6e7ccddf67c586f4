// Filters over a list on the same page. The choice is kept in the address, so that it can be shared.
"use strict";

for (const form of document.querySelectorAll("form.filters")) {
  const items = [...document.getElementById(form.dataset.list).querySelectorAll("[data-filter]")];
  const fields = [...form.querySelectorAll("select")];
  const count = form.querySelector(".filter-count");

  // A value stands on a line of its own in the attribute that is named like the filter.
  const has = (item, field) => !field.value || (item.dataset[field.name] || "").split("\n").includes(field.value);

  const apply = () => {
    const shown = items.filter((item) => {
      item.hidden = !fields.every((field) => has(item, field));
      return !item.hidden;
    });
    const noun = form.dataset.noun.split("|")[shown.length === 1 ? 0 : 1];
    count.textContent = shown.length === items.length ? `${shown.length} ${noun}` : `${shown.length} of ${items.length} ${noun}`;
    form.classList.toggle("is-narrowed", fields.some((field) => field.value));
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = query.get(field.name) || "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    apply();
  };

  const write = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) {
      if (field.value) query.set(field.name, field.value);
      else query.delete(field.name);
    }
    const text = query.toString();
    history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
    apply();
  };

  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of fields) field.value = "";
    write();
  });
  addEventListener("popstate", read);
  form.hidden = false;
  read();
}
