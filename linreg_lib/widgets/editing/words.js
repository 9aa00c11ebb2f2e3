// What the program editor says.
export const EDITOR_WORDS = {
  label: "Program",
  keys: (control, runs) =>
    `${runs ? `${control}Enter runs. ` : ""}Tab indents, Shift+Tab goes back, ${control}/ comments out. Escape, then Tab, leaves the field.`,
};
