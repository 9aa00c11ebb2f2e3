// What only editing needs. The static page loads it when it is asked for (a classic script of its
// own, see book/_assets/editing.js), and a notebook gets it with the model.
import { createCodeEditor } from "./editing/code_editor.js";

export default { createCodeEditor };
