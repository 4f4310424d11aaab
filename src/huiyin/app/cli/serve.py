"""``huiyin serve`` and ``huiyin migrate``: the server of a company."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli.options import chosen_language
from huiyin.app.settings import Settings
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.app.demo import DemoFile

DEFAULT_PORT = 8080
_NEAR = "127.0.0.1"
NEW_KEY = Text(
    "已生成密钥文件 {path}。请单独备份：没有它，联系方式无法解开。",
    "A key file was made: {path}. Back it up apart: without it contact data cannot be read.",
)
FIRST = Text(
    "首次使用：打开 {address} 设置管理员（链接只能用一次）。",
    "First use: open {address} to become administrator (the link works once).",
)
STARTING = Text("正在启动…", "Starting …")
STOPPED = Text("已停止。", "Stopped.")
READY = Text("回音已启动：{address}", "Huiyin is running: {address}")
ONE_PROCESS = Text(
    "SQLite 只能用一个网页进程。多进程请设 HUIYIN_DATABASE_URL=postgresql://…",
    "SQLite takes one web process. For more set HUIYIN_DATABASE_URL=postgresql://…",
)
DEMO_DATA = Path("huiyin-demo")
DEMO_LOGIN = Text(
    "账号 {login}，密码 {password}；换个视角：账号 {manager}，密码相同"
    "（原话和客户明细只看华东；分数默认人人可见，是全公司的）。\n"
    "示例公司的数据是生成的，不是真实客户。按 Ctrl-C 停止。",
    "Login {login}, password {password}; another view: login {manager}, same password (comments "
    "and customers of East China only; scores are shared by default: the whole company's).\n"
    "The sample company is generated data, no real customers. Ctrl-C stops.",
)
BAD_DEMO_FILE = Text(
    "看不懂“{words}”。请写成 名称=文件，或 名称=文件=码本。",
    "“{words}” is not understood: give NAME=FILE or NAME=FILE=CODEBOOK.",
)
NO_STORE = Text(
    "“{folder}”里没有数据库。请用 --data 指明数据目录，或先运行 huiyin serve",
    "There is no store in “{folder}”. Name the data folder with --data, or run huiyin serve first",
)
MIGRATED = Text("数据库已是最新版本。", "The database is at the newest version.")

Data = Annotated[
    Path | None, typer.Option("--data", help="数据目录，默认 huiyin-data  data folder")
]

Port = Annotated[int, typer.Option(min=1, max=65_535, help="端口  port")]


def serve(
    port: Port = DEFAULT_PORT,
    host: Annotated[
        str, typer.Option(help="监听地址，默认只限本机  address to listen on")
    ] = "127.0.0.1",
    data: Data = None,
    processes: Annotated[
        int, typer.Option(min=1, help="网页进程数（需 PostgreSQL）  web processes")
    ] = 1,
) -> None:
    """启动服务器：登录、导入、报告都在浏览器里。  Start the server."""
    from huiyin.app.serve import check_port, run_server

    check_port(host, port)
    settings = settings_with(data)
    if processes > 1 and settings.database_url is None:
        raise BadInputError(ONE_PROCESS)
    typer.echo(STARTING.say(chosen_language()))
    lines = prepare(settings, f"http://{_shown(host)}:{port}")
    run_server(settings, host=host, port=port, processes=processes, greet=lambda: typer.echo(lines))
    typer.echo(STOPPED.say(chosen_language()))


def migrate(data: Data = None) -> None:
    """把数据库升级到当前版本。  Bring the database to this version."""
    from huiyin.app.wiring import opened_system

    with opened_system(settings_with(data)):
        typer.echo(MIGRATED.say(chosen_language()))


def demo(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="另外装入的文件：名称=文件[=码本]  more to load: NAME=FILE[=CODEBOOK]"),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65_535, help="端口，默认 8080 起第一个空闲的  port"),
    ] = None,
    data: Annotated[
        Path, typer.Option("--data", help="演示数据目录  folder of the demo")
    ] = DEMO_DATA,
    prepare_only: Annotated[
        bool, typer.Option("--prepare-only", help="只准备数据，不启动  load, do not serve")
    ] = False,
) -> None:
    """用生成的示例公司体验  Try it with the generated sample company."""
    from huiyin.app.cli.progress import shown_progress
    from huiyin.app.demo import load_demo
    from huiyin.app.serve import check_port, first_open_port, run_server
    from huiyin.app.wiring import opened_system

    if port is not None and not prepare_only:
        check_port(_NEAR, port)
    language = chosen_language()
    settings = replace(Settings.from_environment(), data=data, key_file=data / "demo.key")
    own = [_demo_file(words) for words in files or ()]
    with (
        opened_system(settings) as system,
        shown_progress(language, quiet=False, lines=True) as progress,
    ):
        login = load_demo(system, own, progress)
    facts = {"login": login.login, "manager": login.manager, "password": login.password}
    who = DEMO_LOGIN.format(**facts).say(language)
    if prepare_only:
        typer.echo(who)
        return
    port = port or first_open_port(_NEAR, DEFAULT_PORT)
    lines = f"{READY.format(address=f'http://localhost:{port}').say(language)}\n{who}"
    run_server(settings, host=_NEAR, port=port, processes=1, greet=lambda: typer.echo(lines))
    typer.echo(STOPPED.say(language))


def _demo_file(words: str) -> DemoFile:
    from huiyin.app.demo import DemoFile

    name, _, rest = words.partition("=")
    file, _, codebook = rest.partition("=")
    if not file:
        raise BadInputError(BAD_DEMO_FILE.format(words=words))
    return DemoFile(Path(file), name, Path(codebook) if codebook else None, generated=False)


def settings_with(data: Path | None) -> Settings:
    """Give the settings of the environment, with the data folder of the command line."""
    settings = Settings.from_environment()
    return replace(settings, data=data) if data else settings


def refuse_no_store(settings: Settings) -> None:
    """Refuse a data folder without a store, where one that is there is asked for.

    Raises
    ------
    BadInputError
        Nothing was ever kept there.
    """
    if settings.database_url is None and not (settings.data / "store.db").is_file():
        raise BadInputError(NO_STORE.format(folder=settings.data))


def prepare(settings: Settings, address: str) -> str:
    """Open the store once, and give what a person must know once the server runs."""
    from huiyin.app.wiring import opened_system
    from huiyin.measure.definitions.rules import do_keep_house_rules
    from huiyin.people.first_start import do_prepare_setup
    from huiyin.store.contracts import Actor
    from huiyin.store.unit_of_work import unit_of_work

    language = chosen_language()
    made = not settings.key_file.exists()
    with (
        opened_system(settings) as system,
        unit_of_work(system.database, Actor.system(), clock=system.clock) as work,
    ):
        if made:
            typer.echo(NEW_KEY.format(path=settings.key_file).say(language))
        secret = do_prepare_setup(work)
        do_keep_house_rules(work)
    lines = [READY.format(address=address).say(language)]
    if secret:
        lines.append(FIRST.format(address=f"{address}/setup?token={secret}").say(language))
    return "\n".join(lines)


def _shown(host: str) -> str:
    return "localhost" if host in {"0.0.0.0", "127.0.0.1", "::"} else host  # noqa: S104 -- compared only
