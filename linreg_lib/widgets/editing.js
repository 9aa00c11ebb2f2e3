// What only editing needs. The static page loads it when a reader presses "Edit" (a classic script
// of its own, see book/_assets/editing.js), and a notebook gets it with the model.
import { createCodeEditor } from "./editing/code_editor.js";
import { pageComputer } from "./editing/computers.js";
import { createLoading } from "./editing/loading.js";
import { createOutcome } from "./editing/outcome.js";
import { createPanel } from "./editing/panel.js";

export default { createCodeEditor, createLoading, createOutcome, createPanel, pageComputer };
