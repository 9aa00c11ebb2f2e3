// A sentence with its fields put in: pure. What is not given leaves nothing behind.
//
//   fill("{n} (all)", { n: 10 }) -> "10 (all)"
export function fill(template, fields) {
  return template.replace(/\{(\w+)\}/g, (_, field) => String(fields[field] ?? ""));
}
