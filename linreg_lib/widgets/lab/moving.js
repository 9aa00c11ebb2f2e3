// Whether the reader is moving a control: from the first input until it rests.
//
//   const moving = createMoving(el, { onStart() {}, onRest() {} });
//   moving.touch();    // at each input
//   moving.stop();
//
// It rests `calm` milliseconds after the last input, but not as long as a pointer holds it.
export function createMoving(el, { onStart, onRest, calm = 350 }) {
  let moves = false;
  let held = false;
  let timer = null;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (held || !moves) return;
      moves = false;
      onRest();
    }, calm);
  }
  const hold = () => (held = true);
  const letGo = () => {
    if (!held) return;
    held = false;
    if (moves) wait();
  };
  el.addEventListener("pointerdown", hold);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, letGo, true);
  el.addEventListener("change", letGo);

  return {
    touch() {
      if (!moves) onStart();
      moves = true;
      wait();
    },
    stop() {
      clearTimeout(timer);
      for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, letGo, true);
    },
  };
}

// Calls back once, when at least half of `el` is in sight of a reader.
export function whenSeen(el, callback) {
  let inside = false;
  const look = () => {
    if (!inside || document.hidden) return;
    stop();
    callback();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      inside = entries.at(-1).isIntersecting;
      look();
    },
    { threshold: 0.5 },
  );
  document.addEventListener("visibilitychange", look);
  observer.observe(el);
  function stop() {
    observer.disconnect();
    document.removeEventListener("visibilitychange", look);
  }
  return stop;
}
