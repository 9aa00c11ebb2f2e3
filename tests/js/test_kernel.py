"""The way to Python: handshake, newest question only, loss and return of the kernel."""

# A model whose other side is played by the test, and a log of what the caller was told.
SET_UP = """
const sent = [], told = [], handlers = {};
const model = {
  on: (name, handler) => (handlers[name] = handler),
  off: (name) => delete handlers[name],
  send: (content) => { if (model.broken) throw new Error("closed"); sent.push(content); },
};
const python = (content) => handlers["msg:custom"](content, []);
const kernel = m.connectKernel(model, {
  onChange: (status) => told.push(status),
  onReply: (message) => told.push(`reply ${message.value}`),
  onError: (text) => told.push(`error ${text}`),
  patience: 15,
});
const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const asked = () => sent.filter((content) => content.kind === "ask");
"""


def talk(js, body):
    return js("js/kernel.js", SET_UP + body)


def test_static_until_python_says_hello(js):
    got = talk(
        js,
        """
        const before = kernel.ask({ lr: 1 });
        python({ kind: "hello", engine: "PyTorch 2" });
        const after = kernel.ask({ lr: 1 });
        kernel.stop();
        return [before, after, kernel.status, kernel.engine, told, sent.map((c) => c.kind)];
        """,
    )
    assert got == [False, True, "live", "PyTorch 2", ["live"], ["hello", "ask"]]


def test_a_drag_leaves_one_question_in_the_air_and_the_newest_waiting(js):
    got = talk(
        js,
        """
        python({ kind: "hello" });
        for (let lr = 0; lr < 50; lr++) kernel.ask({ lr });
        const first = asked().map((c) => c.lr);
        python({ kind: "reply", id: asked()[0].id, value: "a" });
        python({ kind: "reply", id: asked()[1].id, value: "b" });
        kernel.stop();
        return [first, asked().map((c) => c.lr), told, Object.keys(handlers)];
        """,
    )
    assert got == [[0], [0, 49], ["live", "reply a", "reply b"], []]


def test_an_error_is_told_and_the_kernel_stays(js):
    got = talk(
        js,
        """
        python({ kind: "hello" });
        kernel.ask({});
        python({ kind: "error", id: asked()[0].id, text: "ValueError: no" });
        kernel.stop();
        return [told, kernel.status];
        """,
    )
    assert got == [["live", "error ValueError: no"], "live"]


def test_silence_is_a_loss_and_a_late_answer_a_return(js):
    got = talk(
        js,
        """
        python({ kind: "hello" });
        kernel.ask({ lr: 1 });
        await until(() => kernel.status === "lost");
        const alone = kernel.ask({ lr: 2 });
        python({ kind: "reply", id: asked()[0].id, value: "late" });
        kernel.stop();
        return [alone, told, sent.map((c) => c.kind)];
        """,
    )
    # The late reply itself is stale and not shown; asking while lost says hello again.
    assert got == [False, ["live", "lost", "live"], ["hello", "ask", "hello"]]


def test_a_kernel_that_says_it_works_is_waited_for_and_its_silence_noticed(js):
    got = talk(
        js,
        """
        const timers = new Map();
        let clock = 0;
        globalThis.setTimeout = (call, after) => timers.set(call, clock + after) && call;
        globalThis.clearTimeout = (call) => timers.delete(call);
        const pass = (time) => {
          clock += time;
          for (const [call, due] of timers) if (due <= clock && timers.delete(call)) call();
        };
        python({ kind: "hello" });
        kernel.ask({ lr: 1 });
        for (let i = 0; i < 12; i++) {
          pass(5);
          python({ kind: "working", id: asked()[0].id });
        }
        pass(14);
        const meanwhile = kernel.status;
        pass(1);
        kernel.stop();
        return [meanwhile, told];
        """,
    )
    assert got == ["live", ["live", "lost"]]


def test_a_closed_channel_is_a_loss_at_once(js):
    for event in ("comm:close", "comm_live_update"):
        got = talk(js, f'python({{ kind: "hello" }}); handlers["{event}"](); return told;')
        assert got == ["live", "lost"]
    got = talk(js, 'python({ kind: "hello" }); model.broken = true; kernel.ask({}); return told;')
    assert got == ["live", "lost"]


def test_replies_to_other_views_of_the_widget_are_not_ours(js):
    got = talk(
        js,
        """
        python({ kind: "hello" });
        kernel.ask({});
        python({ kind: "reply", id: "another-1", value: "x" });
        kernel.stop();
        return told;
        """,
    )
    assert got == ["live"]
