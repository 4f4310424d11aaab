"""The one thread of a process that draws: ECharts in a JS context that no other thread touches.

A context that is closed by another thread than the one that made it takes the process with it.
It is made when first needed, renewed every `RENEWED_AFTER` charts, because its heap only grows,
and closed at exit, because a process would hang on an open one.
"""

from __future__ import annotations

import atexit
import os
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib.resources import files
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from huiyin.core.errors import HuiyinError, MissingPartError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

RENEWED_AFTER = 500
TIME_LIMIT_SECONDS = 20

_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width, height});
  try {
    delete option.media;
    option.animation = false;
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      const label = (axis && axis.axisLabel) || {}, per = label.per;
      if (per) label.formatter = (value) => `${+(value / per.length).toFixed(2)} ${per.name}`;
    }
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally { chart.dispose(); }
}
"""
_NOT_DRAWN = Text("这张图画不出来：{why}", "This chart cannot be drawn: {why}")
_NO_JS = Text(
    "画图用的 JavaScript 引擎（mini-racer）在这台机器上用不了，PDF 和 PPTX 的图画不出来。"
    "请重新安装：pip install --force-reinstall mini-racer。HTML 不受影响。",
    "The JavaScript engine that draws charts (mini-racer) does not run here, so PDF and PPTX "
    "cannot be drawn. Reinstall it: pip install --force-reinstall mini-racer. HTML is unaffected.",
)
_Task = tuple[str, "Future[str]"]


class DrawingError(HuiyinError):
    """A chart cannot be drawn."""


@dataclass(slots=True)
class Studio:
    """Takes calls of ``draw`` from any thread and answers them one by one in its own."""

    tasks: SimpleQueue[_Task | None] = field(default_factory=SimpleQueue)
    thread: Thread | None = None
    process: int = 0
    starting: Lock = field(default_factory=Lock)

    def draw(self, call: str) -> str:
        """Evaluate a call of ``draw`` and wait for the SVG.

        Raises
        ------
        DrawingError
            ECharts rejects the option, or takes longer than `TIME_LIMIT_SECONDS`.
        MissingPartError
            No JS engine runs on this machine.
        """
        done: Future[str] = Future()
        self._open().put((call, done))
        return done.result()

    def _open(self) -> SimpleQueue[_Task | None]:
        """Give the queue of this process' thread; a forked process begins anew."""
        with self.starting:
            if not self._is_open():
                self.tasks, self.process = SimpleQueue(), os.getpid()
                self.thread = Thread(target=_work, args=(self.tasks,), name="draw", daemon=True)
                self.thread.start()
            return self.tasks

    def _is_open(self) -> bool:
        alive = self.thread is not None and self.thread.is_alive()
        return alive and self.process == os.getpid()

    def close(self) -> None:
        """Finish what waits and let the context go."""
        with self.starting:
            if self.thread is not None and self._is_open():
                self.tasks.put(None)
                self.thread.join()
            self.thread = None


STUDIO = Studio()
atexit.register(STUDIO.close)


def library_source(*, common: bool = False) -> str:
    """Give the source of the bundled ECharts; the common build draws all charts of a report."""
    name = "echarts.common.min.js" if common else "echarts.min.js"
    return files("huiyin.report").joinpath(f"assets/{name}").read_text("utf-8")


def _work(tasks: SimpleQueue[_Task | None]) -> None:
    easel = _Easel()
    while (task := tasks.get()) is not None:
        call, done = task
        try:
            done.set_result(easel.draw(call))
        except HuiyinError as fault:
            done.set_exception(fault)
        finally:
            done.cancel()  # where it is not answered: a fault nobody foresaw ends this thread
        del task, done
    easel.close()


@dataclass(slots=True)
class _Easel:
    """The JS context, and how many charts it has drawn."""

    context: MiniRacer | None = None
    drawn: int = 0

    def draw(self, call: str) -> str:
        context = self._ready()
        from py_mini_racer import JSEvalException, JSOOMException, JSPromiseError

        try:
            return str(context.eval(call, timeout_sec=TIME_LIMIT_SECONDS))
        except (JSEvalException, JSPromiseError) as error:
            why, spoilt = str(error)[:300], isinstance(error, TimeoutError | JSOOMException)
        del context
        if spoilt:  # closed only now that nothing holds a part of it, as the fault did
            self.close()
        raise DrawingError(_NOT_DRAWN.format(why=why))

    def _ready(self) -> MiniRacer:
        if self.drawn >= RENEWED_AFTER:
            self.close()
        if self.context is None:
            self.context, self.drawn = _new_context(), 0
        self.drawn += 1
        return self.context

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context = None


def _new_context() -> MiniRacer:
    try:
        from py_mini_racer import LibNotFoundError, MiniRacer
    except (ImportError, OSError) as error:
        raise MissingPartError(_NO_JS) from error
    try:
        context = MiniRacer()
    except (LibNotFoundError, OSError) as error:
        raise MissingPartError(_NO_JS) from error
    context.eval(library_source())
    context.eval(_DRAW)
    return context
