// The values of the form field "answer", whatever kind of field it is.

const fields = (form) => [...form.querySelectorAll("[name=answer]")];

/** What is answered: [] where nothing is. */
export const valuesOf = (form) => new FormData(form).getAll("answer").filter(Boolean);

/** Show this answer. */
export function fill(form, values) {
  for (const input of fields(form)) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (input.options) input.value = [...input.options].find((option) => values.includes(option.value))?.value ?? "";
    else input.value = values[0] ?? "";
  }
}

/** Did somebody choose while the scripts were still on their way? */
export function isTouched(form) {
  return fields(form).some((input) => {
    if (input.options) return [...input.options].some((option) => option.selected !== option.defaultSelected && option.value);
    return input.type === "text" ? input.value !== input.defaultValue : input.checked !== input.defaultChecked;
  });
}

/** Do these form values mean the same? The server trims what is typed. */
export function isSame(values, others) {
  const plain = (list) => list.map((each) => each.normalize("NFC").trim().replace(/\s+/g, " ")).filter(Boolean).sort();
  return JSON.stringify(plain(values)) === JSON.stringify(plain(others));
}
